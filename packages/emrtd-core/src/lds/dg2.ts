import { decodeTlv, encodeTlv } from "../tlv.js";
import {
  type BiometricGroup,
  encodeBiometricGroup,
  readBiometricGroup,
} from "./biometric-template.js";
import type { Decoded } from "./data-object.js";

/** DG2, encoded face: every template, the most recent first (Doc 9303-10, 4.7.2). */
export type Dg2 = BiometricGroup;

const TAG = 0x75;

/**
 * Reads the templates; `biometricRecords` reads what is in their data blocks.
 *
 * @throws EmrtdError `TLV_…`, `DER_INVALID` or `LDS_INVALID` where the file is malformed.
 */
export const decodeDg2 = (bytes: Uint8Array): Decoded<Dg2> => ({
  ...readBiometricGroup(decodeTlv(bytes).expect(TAG, "DG2").value, "DG2"),
  bytes,
});

export const encodeDg2 = (
  content: Pick<Dg2, "templates"> & Partial<Dg2>,
): Uint8Array<ArrayBuffer> => encodeTlv(TAG, encodeBiometricGroup(content));
