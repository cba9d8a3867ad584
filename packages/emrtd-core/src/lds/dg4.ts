import { decodeTlv, encodeTlv } from "../tlv.js";
import {
  type BiometricGroup,
  encodeBiometricGroup,
  readBiometricGroup,
} from "./biometric-template.js";
import type { Decoded } from "./data-object.js";

/**
 * DG4, encoded irises, one to a template; none at all where the holder's could not be taken
 * (Doc 9303-10, 4.7.4). Read after terminal authentication only.
 */
export type Dg4 = BiometricGroup;

const TAG = 0x76;

/** @throws EmrtdError `TLV_…`, `DER_INVALID` or `LDS_INVALID` where the file is malformed. */
export const decodeDg4 = (bytes: Uint8Array): Decoded<Dg4> => ({
  ...readBiometricGroup(decodeTlv(bytes).expect(TAG, "DG4").value, "DG4"),
  bytes,
});

export const encodeDg4 = (
  content: Pick<Dg4, "templates"> & Partial<Dg4>,
): Uint8Array<ArrayBuffer> => encodeTlv(TAG, encodeBiometricGroup(content));
