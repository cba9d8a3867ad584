import { decodeSignedData, type SignedData } from "../cms/signed-data.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import type { Decoded } from "./data-object.js";
import type { SecurityInfo } from "./security-info.js";
import { decodeSecurityInfos } from "./security-infos.js";

/** id-SecurityObject (BSI TR-03110-3, A.1.2.5; Doc 9303-10, 3.11.4). */
export const SECURITY_OBJECT: Oid = "0.4.0.127.0.7.3.2.1";

/**
 * EF.CardSecurity, SecurityInfos as their issuer signed them: what proves chip authentication mapping.
 * That it is signed by anyone is for verification to say.
 */
export interface CardSecurity {
  readonly securityInfos: readonly SecurityInfo[];
  readonly signedData: SignedData;
}

/**
 * @throws EmrtdError `LDS_INVALID` where the signed content is another one; `CMS_INVALID`, `TLV_…`,
 * `DER_INVALID`, `OID_INVALID` where a part is malformed.
 */
export const decodeCardSecurity = (bytes: Uint8Array): Decoded<CardSecurity> => {
  const signedData = decodeSignedData(bytes);
  const { contentType, content } = signedData;
  if (contentType !== SECURITY_OBJECT || content === undefined) {
    throw new EmrtdError(
      "LDS_INVALID",
      `expected content of type ${SECURITY_OBJECT} in EF.CardSecurity, found ${contentType}`,
      { path: "EF.CardSecurity" },
    );
  }
  return { securityInfos: decodeSecurityInfos(content), signedData, bytes };
};
