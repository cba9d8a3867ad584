import type { Oid } from "../oid.js";
import type { DeviationParameterKind } from "./deviation-parameter.js";

interface DeviationTypeRow {
  readonly oid: Oid;
  readonly name: string;
  readonly parameter?: DeviationParameterKind;
  readonly meaning: string;
}

/** Types of deviations (Doc 9303-12, 10.2), each under the name that follows `id-Deviation-`. */
export const DEVIATION_TYPES = [
  {
    oid: "2.23.136.1.1.7.1",
    name: "CertOrKey",
    meaning: "something about a certificate or a key",
  },
  {
    oid: "2.23.136.1.1.7.1.1",
    name: "CertOrKey-DSSignature",
    meaning: "the signature of the document signer's certificate is wrong",
  },
  {
    oid: "2.23.136.1.1.7.1.2",
    name: "CertOrKey-DSEncoding",
    parameter: "CertField",
    meaning: "the document signer's certificate is encoded wrongly",
  },
  {
    oid: "2.23.136.1.1.7.1.3",
    name: "CertOrKey-CSCAEncoding",
    parameter: "CertField",
    meaning: "the certificate of the country signing authority is encoded wrongly",
  },
  {
    oid: "2.23.136.1.1.7.1.4",
    name: "CertOrKey-AAKeyCompromised",
    meaning: "the key of active authentication is in other hands",
  },
  { oid: "2.23.136.1.1.7.2", name: "LDS", meaning: "something about the files of the chip" },
  {
    oid: "2.23.136.1.1.7.2.1",
    name: "LDS-DGMalformed",
    parameter: "Datagroup",
    meaning: "a file of the chip is encoded wrongly",
  },
  {
    oid: "2.23.136.1.1.7.2.2",
    name: "LDS-DGHashWrong",
    parameter: "Datagroup",
    meaning: "the signed hash of a data group is wrong",
  },
  {
    oid: "2.23.136.1.1.7.2.3",
    name: "LDS-SODSignatureWrong",
    meaning: "the signature of the document security object is wrong",
  },
  {
    oid: "2.23.136.1.1.7.2.4",
    name: "LDS-COMInconsistent",
    meaning: "EF.COM and the document security object list other data groups",
  },
  { oid: "2.23.136.1.1.7.3", name: "MRZ", meaning: "something about the machine readable zone" },
  {
    oid: "2.23.136.1.1.7.3.1",
    name: "MRZ-WrongData",
    parameter: "MRZField",
    meaning: "a field of the machine readable zone says something wrong",
  },
  {
    oid: "2.23.136.1.1.7.3.2",
    name: "MRZ-WrongCheckDigit",
    parameter: "MRZField",
    meaning: "a check digit of the machine readable zone is wrong",
  },
  { oid: "2.23.136.1.1.7.4", name: "Chip", meaning: "something about the chip" },
  { oid: "2.23.136.1.1.7.5", name: "NationalUse", meaning: "for the issuing state alone" },
] as const satisfies readonly DeviationTypeRow[];

export type DeviationTypeName = (typeof DEVIATION_TYPES)[number]["name"];

const BY_OID: ReadonlyMap<Oid, DeviationTypeRow & { readonly name: DeviationTypeName }> =
  /* @__PURE__ */ new Map(DEVIATION_TYPES.map((row) => [row.oid, row]));

/** What an identifier stands for; a type that is not known stays its number. */
export const deviationType = (oid: Oid) => BY_OID.get(oid);
