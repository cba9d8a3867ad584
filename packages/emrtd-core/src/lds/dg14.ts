import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";
import type { SecurityInfo } from "./security-info.js";
import { decodeSecurityInfos, encodeSecurityInfos } from "./security-infos.js";

/** DG14, what the chip can prove and with which keys (Doc 9303-10, 4.7.14). */
export interface Dg14 {
  readonly securityInfos: readonly SecurityInfo[];
}

const TAG = 0x6e;

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeDg14 = (bytes: Uint8Array): Decoded<Dg14> => ({
  securityInfos: decodeSecurityInfos(decodeTlv(bytes).expect(TAG, "DG14").value),
  bytes,
});

export const encodeDg14 = ({ securityInfos }: Dg14): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, encodeSecurityInfos(securityInfos));
