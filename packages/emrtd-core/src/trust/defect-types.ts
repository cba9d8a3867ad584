import type { Oid } from "../oid.js";

/** What a defect's parameters are. */
export type DefectParameterKind = "StatusCode" | "Certificate" | "Datagroups" | "CardSecurity";

interface DefectTypeRow {
  readonly oid: Oid;
  readonly name: string;
  readonly parameter?: DefectParameterKind;
  readonly meaning: string;
}

/** Types of defects (BSI TR-03129, A.1), each under the name that follows `id-`. */
export const DEFECT_TYPES = [
  {
    oid: "0.4.0.127.0.7.3.1.5.1.1",
    name: "CertRevoked",
    parameter: "StatusCode",
    meaning: "the document signer's certificate is revoked",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.1.2",
    name: "CertReplaced",
    parameter: "Certificate",
    meaning:
      "the document signer's certificate cannot be decoded; another one is given in its place",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.1.3",
    name: "ChipAuthKeyRevoked",
    meaning: "the keys of chip authentication are in other hands",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.1.4",
    name: "ActiveAuthKeyRevoked",
    meaning: "the keys of active authentication are in other hands",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.2.1",
    name: "ePassportDGMalformed",
    parameter: "Datagroups",
    meaning: "data groups are encoded wrongly",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.2.2",
    name: "SODInvalid",
    meaning: "the document security object may be found invalid",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.3.1",
    name: "eIDDGMalformed",
    parameter: "Datagroups",
    meaning: "data groups of the eID application are encoded wrongly",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.3.2",
    name: "eIDIntegrity",
    meaning: "unsigned data groups of the eID application may not be whole",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.4.1",
    name: "CardSecurityMalformed",
    parameter: "CardSecurity",
    meaning: "EF.CardSecurity is encoded wrongly; another one is given in its place",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.4.2",
    name: "ChipSecurityMalformed",
    meaning: "EF.ChipSecurity may be encoded wrongly",
  },
  {
    oid: "0.4.0.127.0.7.3.1.5.4.3",
    name: "PowerDownReq",
    meaning: "the chip must lose its power between two authentications",
  },
] as const satisfies readonly DefectTypeRow[];

export type DefectTypeName = (typeof DEFECT_TYPES)[number]["name"];

const BY_OID: ReadonlyMap<Oid, DefectTypeRow & { readonly name: DefectTypeName }> =
  /* @__PURE__ */ new Map(DEFECT_TYPES.map((row) => [row.oid, row]));

/** What an identifier stands for; a type that is not known stays its number. */
export const defectType = (oid: Oid) => BY_OID.get(oid);

/** What a kind of defect is about, of types that are not known as well. */
export const DEFECT_CATEGORIES = {
  "0.4.0.127.0.7.3.1.5.1": "AuthDefect",
  "0.4.0.127.0.7.3.1.5.2": "ePassportDefect",
  "0.4.0.127.0.7.3.1.5.3": "eIDDefect",
  "0.4.0.127.0.7.3.1.5.4": "DocumentDefect",
} as const satisfies Record<Oid, string>;
export type DefectCategory = (typeof DEFECT_CATEGORIES)[keyof typeof DEFECT_CATEGORIES];

/** The category of a type, by the arcs that it begins with. */
export const defectCategory = (type: Oid): DefectCategory | undefined => {
  const found = Object.entries(DEFECT_CATEGORIES).find(([oid]) => type.startsWith(`${oid}.`));
  return found?.[1];
};
