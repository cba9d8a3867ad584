import { EmrtdError } from "../../errors.js";
import { decodeTlv, encodeTlv } from "../../tlv.js";
import { type DataObject, type Decoded, encodeDataObjects } from "../data-object.js";

/** EF.Biometrics1 to 64 (Doc 9303-10, 5.3.3, table 93): data of the issuer's own form, signed. */
export interface AdditionalBiometrics {
  /** What is in it is the issuer's to define. */
  readonly data: Uint8Array;
  /** DO 5F2E as it stands, tag and length included: what the signature is over. */
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  /** Number of the signer's record in EF.Certificates, from 1. */
  readonly certificateReference: number;
  readonly unknown: readonly DataObject[];
}

const TEMPLATE = 0x7f2e;
const DATA = 0x5f2e;
const SIGNATURE = 0x5f37;
const CERTIFICATE_REFERENCE = 0x5f38;

/** @throws EmrtdError `TLV_…` or `LDS_INVALID` where the file is malformed. */
export const decodeAdditionalBiometrics = (bytes: Uint8Array): Decoded<AdditionalBiometrics> => {
  const objects = decodeTlv(bytes).expect(TEMPLATE, "EF.Biometrics").children();
  const [data, signature, reference] = [DATA, SIGNATURE, CERTIFICATE_REFERENCE].map((tag) =>
    objects.find((object) => object.tag === tag),
  );
  if (data === undefined || signature === undefined || reference?.value.length !== 1) {
    throw new EmrtdError(
      "LDS_INVALID",
      "expected data, signature and a reference of one byte in EF.Biometrics",
    );
  }
  return {
    data: data.value,
    signedBytes: data.bytes,
    signature: signature.value,
    certificateReference: reference.value[0]!,
    unknown: objects
      .filter((object) => ![data, signature, reference].includes(object))
      .map(({ tag, value }) => ({ tag, value })),
    bytes,
  };
};

/** DO 5F2E, which the signature is over. */
export const encodeBiometricData = (data: Uint8Array): Uint8Array<ArrayBuffer> =>
  encodeTlv(DATA, data);

export const encodeAdditionalBiometrics = ({
  data,
  signature,
  certificateReference,
  unknown = [],
}: Pick<AdditionalBiometrics, "data" | "signature" | "certificateReference"> &
  Partial<AdditionalBiometrics>): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    TEMPLATE,
    encodeDataObjects([
      { tag: DATA, value: data },
      { tag: SIGNATURE, value: signature },
      { tag: CERTIFICATE_REFERENCE, value: Uint8Array.of(certificateReference) },
      ...unknown,
    ]),
  );
