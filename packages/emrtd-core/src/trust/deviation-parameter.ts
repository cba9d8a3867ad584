import { derOid, derUnsigned, readOid, readSmallInteger, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { DataGroupNumber } from "../lds/files.js";
import type { Oid } from "../oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../tlv.js";

/** Parts of a certificate's body by their number (Doc 9303-12, 10.2, CertificateBodyField). */
export const CERTIFICATE_BODY_FIELDS = [
  "generic",
  "version",
  "serialNumber",
  "signature",
  "issuer",
  "validity",
  "subject",
  "subjectPublicKeyInfo",
  "issuerUniqueID",
  "subjectUniqueID",
] as const;
export type CertificateBodyField = (typeof CERTIFICATE_BODY_FIELDS)[number];

/** Fields of the machine readable zone by their number (Doc 9303-12, 10.2, MRZField). */
export const DEVIATING_MRZ_FIELDS = [
  "generic",
  "documentCode",
  "issuingState",
  "personName",
  "documentNumber",
  "nationality",
  "dateOfBirth",
  "sex",
  "dateOfExpiry",
  "optionalData",
] as const;
export type DeviatingMrzField = (typeof DEVIATING_MRZ_FIELDS)[number];

/** A file of the LDS: a data group by its number, 20 for EF.SOD, 21 for EF.COM. */
export type DeviatingFile = DataGroupNumber | "SOD" | "COM";

/** Where in the document a deviation is. */
export type DeviationParameter =
  | { readonly certificateField: CertificateBodyField }
  | { readonly certificateExtension: Oid }
  | { readonly file: DeviatingFile }
  | { readonly mrzField: DeviatingMrzField };

/** What kind of parameter a type of deviation has. */
export type DeviationParameterKind = "CertField" | "Datagroup" | "MRZField";

/**
 * Reads the parameter of a deviation.
 *
 * ```asn1
 * CertField ::= CHOICE { body CertificateBodyField, extension OBJECT IDENTIFIER }
 * CertificateBodyField, Datagroup, MRZField ::= INTEGER
 * ```
 *
 * @throws EmrtdError `TRUST_LIST_INVALID` for a number that stands for nothing.
 */
export const readDeviationParameter = (
  kind: DeviationParameterKind,
  element: Tlv,
  path: string,
): DeviationParameter => {
  if (kind === "CertField" && element.tag === TAG.oid) {
    return { certificateExtension: readOid(element, path) };
  }
  const number = readSmallInteger(element, path);
  const parameter = byNumber(kind, number);
  if (parameter === undefined) {
    throw new EmrtdError("TRUST_LIST_INVALID", `expected a ${kind} for ${path}, found ${number}`, {
      path,
    });
  }
  return parameter;
};

const byNumber = (kind: DeviationParameterKind, number: number): DeviationParameter | undefined => {
  switch (kind) {
    case "CertField": {
      const certificateField = CERTIFICATE_BODY_FIELDS[number];
      return certificateField && { certificateField };
    }
    case "MRZField": {
      const mrzField = DEVIATING_MRZ_FIELDS[number];
      return mrzField && { mrzField };
    }
    case "Datagroup":
      if (number === SOD) return { file: "SOD" };
      if (number === COM) return { file: "COM" };
      return number >= 1 && number <= 16 ? { file: number as DataGroupNumber } : undefined;
  }
};

const SOD = 20;
const COM = 21;

export const encodeDeviationParameter = (
  parameter: DeviationParameter,
): Uint8Array<ArrayBuffer> => {
  if ("certificateExtension" in parameter) return derOid(parameter.certificateExtension);
  if ("certificateField" in parameter) {
    return derUnsigned(CERTIFICATE_BODY_FIELDS.indexOf(parameter.certificateField));
  }
  if ("mrzField" in parameter) {
    return derUnsigned(DEVIATING_MRZ_FIELDS.indexOf(parameter.mrzField));
  }
  const { file } = parameter;
  return derUnsigned(file === "SOD" ? SOD : file === "COM" ? COM : file);
};

/** For reports: `DG12`, `SOD`, `certificate validity`, `MRZ documentNumber`. */
export const formatDeviationParameter = (parameter: DeviationParameter): string => {
  if ("certificateExtension" in parameter) return `extension ${parameter.certificateExtension}`;
  if ("certificateField" in parameter) return `certificate ${parameter.certificateField}`;
  if ("mrzField" in parameter) return `MRZ ${parameter.mrzField}`;
  const { file } = parameter;
  return typeof file === "number" ? `DG${file}` : `EF.${file}`;
};

/** The element inside `parameters [0]`; one INTEGER may as well be tagged implicitly. */
export const unwrapParameter = (wrapper: Tlv, path: string): Tlv => {
  if (!wrapper.constructed) return decodeTlv(encodeTlv(TAG.integer, wrapper.value));
  const [element, ...more] = wrapper.children();
  if (element === undefined || more.length > 0) {
    throw new EmrtdError("TRUST_LIST_INVALID", `expected one element for ${path}`, { path });
  }
  return element;
};
