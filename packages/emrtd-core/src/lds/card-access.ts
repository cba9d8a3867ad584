import type { Decoded } from "./data-object.js";
import type { SecurityInfo } from "./security-info.js";
import { decodeSecurityInfos, encodeSecurityInfos } from "./security-infos.js";

/**
 * EF.CardAccess, what PACE needs to know before anything is proved (Doc 9303-10, 3.11.3; 9303-11,
 * 9.2.11). Nothing signs it: DG14 and EF.CardSecurity repeat it signed.
 */
export interface CardAccess {
  readonly securityInfos: readonly SecurityInfo[];
}

/** @throws EmrtdError `TLV_…` or `DER_INVALID` where the file is malformed. */
export const decodeCardAccess = (bytes: Uint8Array): Decoded<CardAccess> => ({
  securityInfos: decodeSecurityInfos(bytes),
  bytes,
});

export const encodeCardAccess = ({ securityInfos }: CardAccess): Uint8Array<ArrayBuffer> =>
  encodeSecurityInfos(securityInfos);
