import { type ChipFiles, decodeDg1, decodeDg11, decodeDg12, decodeSod } from "@org/emrtd-core";
import type { AdditionalDocumentDetails } from "../result/additional-document-details.js";
import type { AdditionalPersonalDetails } from "../result/additional-personal-details.js";
import type { MrzInfo } from "../result/mrz-info.js";
import type { SodInfo } from "../result/sod-info.js";
import { readable } from "./photos.js";

const GENDER = { F: "FEMALE", M: "MALE", X: "UNSPECIFIED" } as const;

/** The parts of a text that the standard sets apart with fillers. */
const parts = (text: string | undefined): string[] | null =>
  text === undefined ? null : text.split("<").filter((part) => part !== "");

/** @param hashAlgorithm its name, where it has one. */
export const sodInfoOf = (
  sod: Uint8Array | undefined,
  hashAlgorithm: string | undefined,
): SodInfo | null => {
  const decoded = sod && readable(() => decodeSod(sod));
  if (!decoded) return null;
  return {
    hashAlgorithm: hashAlgorithm ?? decoded.hashAlgorithm,
    hashForDataGroup: Object.fromEntries(
      [...decoded.dataGroupHashes].map(([group, hash]) => [String(group), hash]),
    ),
  };
};

export const mrzInfoOf = (file: Uint8Array | undefined): MrzInfo | null => {
  const mrz = file && readable(() => decodeDg1(file))?.mrz;
  if (!mrz) return null;
  return {
    documentType: mrz.format,
    documentCode: mrz.documentCode,
    issuingState: mrz.issuer,
    primaryIdentifier: mrz.surname,
    secondaryIdentifier: mrz.givenNames.split(" ").filter((name) => name !== ""),
    nationality: mrz.nationality,
    documentNumber: mrz.documentNumber,
    dateOfBirth: mrz.dateOfBirth,
    gender: GENDER[mrz.sex],
    dateOfExpiry: mrz.dateOfExpiry,
    optionalData1: mrz.optionalData,
    optionalData2: mrz.format === "TD1" ? mrz.optionalData2 : null,
  };
};

export const personalDetailsOf = (
  file: Uint8Array | undefined,
): AdditionalPersonalDetails | null => {
  const dg11 = file && readable(() => decodeDg11(file));
  if (!dg11) return null;
  return {
    fullNameOfHolder: dg11.fullName ?? null,
    otherNames: [...(dg11.otherNames ?? [])],
    personalNumber: dg11.personalNumber ?? null,
    fullDateOfBirth: dg11.fullDateOfBirth ?? null,
    placeOfBirth: parts(dg11.placeOfBirth)?.join(" ") ?? null,
    permanentAddress: parts(dg11.permanentAddress),
    telephone: dg11.telephone ?? null,
    profession: dg11.profession ?? null,
    title: dg11.title ?? null,
    personalSummary: dg11.personalSummary ?? null,
    proofOfCitizenshipImage: dg11.proofOfCitizenship ?? null,
    otherValidTravelDocumentNumbers: parts(dg11.otherTravelDocumentNumbers),
    custodyInformation: dg11.custodyInformation ?? null,
  };
};

export const documentDetailsOf = (
  file: Uint8Array | undefined,
): AdditionalDocumentDetails | null => {
  const dg12 = file && readable(() => decodeDg12(file));
  if (!dg12) return null;
  return {
    issuingAuthority: dg12.issuingAuthority ?? null,
    dateOfIssue: dg12.dateOfIssue ?? null,
    namesOfOtherPersons: dg12.otherPersons?.join(", ") ?? null,
    endorsementsAndObservations: dg12.endorsements ?? null,
    taxOrExitRequirements: dg12.taxExitRequirements ?? null,
    imageOfFront: dg12.imageOfFront ?? null,
    imageOfRear: dg12.imageOfRear ?? null,
    dateAndTimeOfPersonalization: dg12.personalizationTime ?? null,
    personalizationSystemSerialNumber: dg12.personalizationSystemSerialNumber ?? null,
  };
};

/** Files that a result may be filled from: those that the signed list names, where there is one. */
export const listedFiles = (files: ChipFiles): ChipFiles => {
  const sod = files.SOD && readable(() => decodeSod(files.SOD!));
  if (!sod) return files;
  const listed = new Set([...sod.dataGroupHashes.keys()].map((group) => `DG${group}`));
  return Object.fromEntries(
    Object.entries(files).filter(([name]) => !name.startsWith("DG") || listed.has(name)),
  );
};
