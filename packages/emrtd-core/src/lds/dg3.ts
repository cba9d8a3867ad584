import { decodeTlv, encodeTlv } from "../tlv.js";
import {
  type BiometricGroup,
  encodeBiometricGroup,
  readBiometricGroup,
} from "./biometric-template.js";
import type { Decoded } from "./data-object.js";

/**
 * DG3, encoded fingers, one to a template; none at all where the holder's could not be taken
 * (Doc 9303-10, 4.7.3). Read after terminal authentication only.
 */
export type Dg3 = BiometricGroup;

const TAG = 0x63;

/** @throws EmrtdError `TLV_…`, `DER_INVALID` or `LDS_INVALID` where the file is malformed. */
export const decodeDg3 = (bytes: Uint8Array): Decoded<Dg3> => ({
  ...readBiometricGroup(decodeTlv(bytes).expect(TAG, "DG3").value, "DG3"),
  bytes,
});

export const encodeDg3 = (
  content: Pick<Dg3, "templates"> & Partial<Dg3>,
): Uint8Array<ArrayBuffer> => encodeTlv(TAG, encodeBiometricGroup(content));
