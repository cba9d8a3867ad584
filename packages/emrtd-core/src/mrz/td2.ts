import { checkDigit, field, type MrzLayout } from "./layout.js";

/**
 * Documents of TD2 size (Doc 9303-6, 4.2.2 and 4.2.4): 2 lines of 36. A long document number goes on
 * in the optional data (note j).
 */
export const TD2: MrzLayout = {
  format: "TD2",
  lineCount: 2,
  lineLength: 36,
  fields: [
    field("documentCode", 1, 1, 2, "letters"),
    field("issuer", 1, 3, 5, "letters"),
    field("name", 1, 6, 36, "letters"),
    field("documentNumber", 2, 1, 9),
    field("nationality", 2, 11, 13, "letters"),
    field("dateOfBirth", 2, 14, 19, "digits"),
    field("sex", 2, 21, 21, "letters"),
    field("dateOfExpiry", 2, 22, 27, "digits"),
    field("optionalData", 2, 29, 35),
  ],
  checkDigits: [
    checkDigit("documentNumber", 2, 10, [2, 1, 9]),
    checkDigit("dateOfBirth", 2, 20, [2, 14, 19]),
    checkDigit("dateOfExpiry", 2, 28, [2, 22, 27]),
    checkDigit("composite", 2, 36, [2, 1, 10], [2, 14, 20], [2, 22, 35]),
  ],
};
