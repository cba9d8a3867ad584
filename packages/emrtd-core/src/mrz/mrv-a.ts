import { checkDigit, field, type MrzLayout } from "./layout.js";

/** Visas of format A (Doc 9303-7, 4.2.2): 2 lines of 44, without a composite check digit. */
export const MRV_A: MrzLayout = {
  format: "MRV-A",
  lineCount: 2,
  lineLength: 44,
  fields: [
    field("documentCode", 1, 1, 2, "letters"),
    field("issuer", 1, 3, 5, "letters"),
    field("name", 1, 6, 44, "letters"),
    field("documentNumber", 2, 1, 9),
    field("nationality", 2, 11, 13, "letters"),
    field("dateOfBirth", 2, 14, 19, "digits"),
    field("sex", 2, 21, 21, "letters"),
    field("dateOfExpiry", 2, 22, 27, "digits"),
    field("optionalData", 2, 29, 44),
  ],
  checkDigits: [
    checkDigit("documentNumber", 2, 10, [2, 1, 9]),
    checkDigit("dateOfBirth", 2, 20, [2, 14, 19]),
    checkDigit("dateOfExpiry", 2, 28, [2, 22, 27]),
  ],
};
