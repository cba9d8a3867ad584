import type { Oid } from "../oid.js";
import type { CurveName } from "./curves.js";
import { rfc5114Group, type StandardizedDhGroup } from "./dh-groups.js";

/** `standardizedDomainParameters`: an AlgorithmIdentifier whose parameters are one INTEGER. */
export const STANDARDIZED_DOMAIN_PARAMETERS: Oid = "0.4.0.127.0.7.1.2";

/** Doc 9303-11, table 12, from 8 on; 0 to 2 are the groups of RFC 5114. */
const CURVE_IDS: { readonly [id: number]: CurveName } = {
  8: "P-192",
  9: "brainpoolP192r1",
  10: "P-224",
  11: "brainpoolP224r1",
  12: "P-256",
  13: "brainpoolP256r1",
  14: "brainpoolP320r1",
  15: "P-384",
  16: "brainpoolP384r1",
  17: "brainpoolP512r1",
  18: "P-521",
};

export type StandardizedDomainParameters =
  | { readonly type: "EC"; readonly curve: CurveName }
  | { readonly type: "DH"; readonly group: StandardizedDhGroup };

/** What an identifier of Doc 9303-11, 9.5.1 stands for; `undefined` for those reserved or not in it. */
export const standardizedDomainParameters = (
  id: number,
): StandardizedDomainParameters | undefined => {
  if (Object.hasOwn(CURVE_IDS, id)) return { type: "EC", curve: CURVE_IDS[id]! };
  const group = rfc5114Group(id);
  return group === undefined ? undefined : { type: "DH", group };
};
