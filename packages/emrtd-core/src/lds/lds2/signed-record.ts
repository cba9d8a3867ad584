import { equalBytes } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import { decodeTlvs, encodeTlv, formatTag, type Tlv } from "../../tlv.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  readDataObjects,
} from "../data-object.js";
import {
  type ElementRow,
  type Elements,
  elementObjects,
  type OtherElements,
  readElements,
} from "../elements.js";

/** A record of LDS2: a copy of the state for searching, signed data, signature, signer. */
export interface SignedRecord<Rows extends readonly ElementRow[]> {
  readonly info: Elements<Rows> & OtherElements;
  /** The signed data object as it stands, tag and length included: what the signature is over. */
  readonly signedBytes: Uint8Array;
  /** The authenticity token. */
  readonly signature: Uint8Array;
  /** Number of the signer's record in EF.Certificates, from 1. */
  readonly certificateReference: number;
  readonly unknown: readonly DataObject[];
}

/** What a record of one kind looks like. */
export interface RecordLayout<Rows extends readonly ElementRow[]> {
  readonly name: string;
  /** The value that stands before the signed data again. */
  readonly copyTag: number;
  readonly infoTag: number;
  readonly elements: Rows;
}

const SIGNATURE = 0x5f37;
const CERTIFICATE_REFERENCE = 0x5f38;

/** @throws EmrtdError `TLV_…` where the record is malformed, `LDS_INVALID` where a part is missing. */
export const readSignedRecord = <Rows extends readonly ElementRow[]>(
  bytes: Uint8Array,
  { name, copyTag, infoTag, elements }: RecordLayout<Rows>,
): Decoded<SignedRecord<Rows>> => {
  const objects = decodeTlvs(bytes);
  const find = (tag: number): Tlv => {
    const found = objects.find((object) => object.tag === tag);
    if (found !== undefined) return found;
    throw new EmrtdError("LDS_INVALID", `expected tag ${formatTag(tag)} in a ${name}, found none`, {
      path: name,
    });
  };
  const [copy, signed, signature, reference] = [
    find(copyTag),
    find(infoTag),
    find(SIGNATURE),
    find(CERTIFICATE_REFERENCE),
  ];
  if (reference.value.length !== 1) {
    throw new EmrtdError("LDS_INVALID", `expected one byte of reference in a ${name}`, {
      path: name,
    });
  }
  const content = readDataObjects(signed.value);
  const info = readElements(content, elements);
  const original = content.find(({ tag }) => tag === copyTag);
  const same = original !== undefined && equalBytes(original.value, copy.value);
  return {
    info: same
      ? info
      : {
          ...info,
          findings: [...info.findings, { code: "COPY_MISMATCH", where: formatTag(copyTag) }],
        },
    signedBytes: signed.bytes,
    signature: signature.value,
    certificateReference: reference.value[0]!,
    unknown: objects
      .filter((object) => ![copy, signed, signature, reference].includes(object))
      .map(({ tag, value }) => ({ tag, value })),
    bytes,
  };
};

/** The signed data object of a record, for its signer. */
export const encodeSignedInfo = <Rows extends readonly ElementRow[]>(
  { infoTag, elements }: RecordLayout<Rows>,
  info: Elements<Rows> & Partial<OtherElements>,
): Uint8Array<ArrayBuffer> => encodeTlv(infoTag, encodeDataObjects(elementObjects(elements, info)));

/** A record of its signed data object, which is written as it stands. */
export const encodeSignedRecord = <Rows extends readonly ElementRow[]>(
  { name, copyTag, infoTag }: RecordLayout<Rows>,
  {
    signedBytes,
    signature,
    certificateReference,
    unknown = [],
  }: Pick<SignedRecord<Rows>, "signedBytes" | "signature" | "certificateReference"> &
    Partial<SignedRecord<Rows>>,
): Uint8Array<ArrayBuffer> => {
  const [signed] = decodeTlvs(signedBytes);
  const copy = signed && readDataObjects(signed.expect(infoTag, name).value);
  return encodeDataObjects([
    ...(copy?.filter(({ tag }) => tag === copyTag).slice(0, 1) ?? []),
    ...(signed === undefined ? [] : [{ tag: signed.tag, value: signed.value }]),
    { tag: SIGNATURE, value: signature },
    { tag: CERTIFICATE_REFERENCE, value: Uint8Array.of(certificateReference) },
    ...unknown,
  ]);
};
