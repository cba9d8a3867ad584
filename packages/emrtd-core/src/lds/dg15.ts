import { TAG as DER } from "../der.js";
import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";

/** DG15, the public key of active authentication (Doc 9303-10, 4.7.15). */
export interface Dg15 {
  /** SubjectPublicKeyInfo as it stands; `decodeSubjectPublicKeyInfo` reads it. */
  readonly publicKey: Uint8Array;
}

const TAG = 0x6f;

/** @throws EmrtdError `TLV_…` where the file is malformed or holds anything but one SEQUENCE. */
export const decodeDg15 = (bytes: Uint8Array): Decoded<Dg15> => {
  const { value } = decodeTlv(bytes).expect(TAG, "DG15");
  return { publicKey: decodeTlv(value).expect(DER.sequence, "DG15").bytes, bytes };
};

export const encodeDg15 = ({ publicKey }: Dg15): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, publicKey);
