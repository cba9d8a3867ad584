import { joinBytes } from "../bytes.js";
import { readDirectoryString } from "../cms/name.js";
import { decodeSignerIdentifier, type SignerIdentifier } from "../cms/signer-info.js";
import { generalizedTimeContent, readTime } from "../cms/time.js";
import { derSequence, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";

/**
 * Which documents a deviation is about: those that every given selector fits; without any, all documents
 * of the state.
 *
 * ```asn1
 * DeviationDocuments ::= SEQUENCE {
 *   documentType    [0] PrintableString OPTIONAL,
 *   dscIdentifier   DocumentSignerIdentifier OPTIONAL,
 *   issuingDate     [4] IssuancePeriod OPTIONAL,
 *   documentNumbers [5] SET OF PrintableString OPTIONAL }
 * DocumentSignerIdentifier ::= CHOICE {
 *   issuerAndSerialNumber [1] IssuerAndSerialNumber,
 *   subjectKeyIdentifier  [2] OCTET STRING,
 *   certificateDigest     [3] OCTET STRING }
 * IssuancePeriod ::= SEQUENCE { firstIssued GeneralizedTime, lastIssued GeneralizedTime }
 * ```
 */
export interface DeviationDocuments {
  /** Document code as the MRZ has it. */
  readonly documentType?: string;
  readonly signer?: DocumentSignerIdentifier;
  readonly issued?: IssuancePeriod;
  readonly documentNumbers?: ReadonlySet<string>;
}

export type DocumentSignerIdentifier =
  | SignerIdentifier
  /** By the digestAlgorithm of the list. */
  | { readonly certificateDigest: Uint8Array };

/** Both ends are part of it. */
export interface IssuancePeriod {
  readonly first: Date;
  readonly last: Date;
}

/** @throws EmrtdError `TRUST_LIST_INVALID`, `TLV_…`, `DER_INVALID`. */
export const readDeviationDocuments = (element: Tlv, path: string): DeviationDocuments => {
  const fields = element.expect(TAG.sequence, path).children();
  const take = (...tags: readonly number[]): Tlv | undefined =>
    tags.includes(fields[0]?.tag ?? 0) ? fields.shift() : undefined;
  const documentType = take(0x80);
  const signer = take(0xa1, 0x82, 0x83);
  const issued = take(0xa4);
  const documentNumbers = take(0xa5);
  if (fields.length > 0) throw invalid("selectors [0] to [5] in order", path);
  return {
    ...(documentType ? { documentType: UTF8.decode(documentType.value) } : {}),
    ...(signer ? { signer: readSigner(signer, `${path}.dscIdentifier`) } : {}),
    ...(issued ? { issued: readPeriod(issued, `${path}.issuingDate`) } : {}),
    ...(documentNumbers
      ? { documentNumbers: readNumbers(documentNumbers, `${path}.documentNumbers`) }
      : {}),
  };
};

const UTF8 = /* @__PURE__ */ new TextDecoder();

const readSigner = (element: Tlv, path: string): DocumentSignerIdentifier => {
  if (element.tag === 0x82) return { subjectKeyIdentifier: element.value };
  if (element.tag === 0x83) return { certificateDigest: element.value };
  // [1] is IMPLICIT: the same content under the tag of a SEQUENCE.
  return decodeSignerIdentifier(decodeTlv(encodeTlv(TAG.sequence, element.value)), path);
};

const readPeriod = (element: Tlv, path: string): IssuancePeriod => {
  const [first, last, ...more] = element.children();
  if (first === undefined || last === undefined || more.length > 0) {
    throw invalid("two times", path);
  }
  return { first: readTime(first, path), last: readTime(last, path) };
};

const readNumbers = (element: Tlv, path: string): ReadonlySet<string> => {
  const numbers = new Set<string>();
  for (const item of element.children()) {
    const number = readDirectoryString(item);
    if (number === undefined) throw invalid("strings", path);
    numbers.add(number);
  }
  return numbers;
};

export const encodeDeviationDocuments = (
  documents: DeviationDocuments,
): Uint8Array<ArrayBuffer> => {
  const { documentType, signer, issued, documentNumbers } = documents;
  return derSequence(
    ...(documentType === undefined ? [] : [encodeTlv(0x80, ascii(documentType))]),
    ...(signer === undefined ? [] : [encodeSigner(signer)]),
    ...(issued === undefined
      ? []
      : [encodeTlv(0xa4, generalized(issued.first), generalized(issued.last))]),
    ...(documentNumbers === undefined ? [] : [encodeNumbers(documentNumbers)]),
  );
};

const encodeSigner = (signer: DocumentSignerIdentifier): Uint8Array => {
  if ("certificateDigest" in signer) return encodeTlv(0x83, signer.certificateDigest);
  if ("subjectKeyIdentifier" in signer) return encodeTlv(0x82, signer.subjectKeyIdentifier);
  const { issuer, serialNumber } = signer;
  return encodeTlv(0xa1, issuer.bytes, encodeTlv(TAG.integer, serialNumber));
};

/** In the order of DER; a list may have hundreds of thousands. */
const encodeNumbers = (numbers: ReadonlySet<string>): Uint8Array =>
  encodeTlv(
    0xa5,
    joinBytes(
      [...numbers]
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
        .map((number) => encodeTlv(TAG.printableString, ascii(number))),
    ),
  );

const generalized = (time: Date): Uint8Array =>
  encodeTlv(TAG.generalizedTime, generalizedTimeContent(time));

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("TRUST_LIST_INVALID", `expected ${expected} for ${path}`, { path });
