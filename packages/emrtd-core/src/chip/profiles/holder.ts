import type { MrzPassword } from "../../access/password.js";
import { encodeDg1 } from "../../lds/dg1.js";
import { encodeDg11 } from "../../lds/dg11.js";
import { encodeDg12 } from "../../lds/dg12.js";
import { makeMrz } from "../../mrz/make-mrz.js";

/** The holder that every profile has: nobody, of a state that is none (Doc 9303-3, 5). */
const MRZ = {
  documentCode: "PP",
  issuer: "UTO",
  surname: "ERIKSSON",
  givenNames: "ANNA MARIA",
  documentNumber: "L898902C3",
  nationality: "UTO",
  dateOfBirth: "740812",
  sex: "F",
  dateOfExpiry: "340415",
  optionalData: "ZE184226B",
} as const;

/** What opens the chip of every profile: what is printed on it. */
export const HOLDER_PASSWORD: MrzPassword = {
  documentNumber: MRZ.documentNumber,
  dateOfBirth: MRZ.dateOfBirth,
  dateOfExpiry: MRZ.dateOfExpiry,
};

/** The card access number of every profile. */
export const HOLDER_CAN = "123456";

/** @param size passport, or card of TD1 size, whose document code is `I`. */
export const holderDg1 = (size: "TD3" | "TD1" = "TD3"): Uint8Array => {
  const fields = size === "TD3" ? MRZ : { ...MRZ, documentCode: "I" };
  return encodeDg1({ mrz: { lines: makeMrz(size, fields).split("\n") } });
};

export const holderDg11 = (): Uint8Array =>
  encodeDg11({
    fullName: "ERIKSSON<<ANNA<MARIA",
    personalNumber: MRZ.optionalData,
    fullDateOfBirth: "19740812",
    placeOfBirth: "ZENITH<UTOPIA",
  });

export const holderDg12 = (): Uint8Array =>
  encodeDg12({ issuingAuthority: "PASSPORT OFFICE ZENITH", dateOfIssue: "20240416" });
