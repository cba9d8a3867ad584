import { layout, type MrzLayout } from "./layout.js";

/**
 * Documents of TD2 size (Doc 9303-6, 4.2.2 and 4.2.4): 2 lines of 36. A long document number goes on
 * in the optional data (note j).
 */
export const TD2: MrzLayout = /* @__PURE__ */ layout({
  format: "TD2",
  lineCount: 2,
  lineLength: 36,
  fields: [
    ["documentCode", 1, 1, 2, "letters"],
    ["issuer", 1, 3, 5, "letters"],
    ["name", 1, 6, 36, "letters"],
    ["documentNumber", 2, 1, 9],
    ["nationality", 2, 11, 13, "letters"],
    ["dateOfBirth", 2, 14, 19, "digits"],
    ["sex", 2, 21, 21, "letters"],
    ["dateOfExpiry", 2, 22, 27, "digits"],
    ["optionalData", 2, 29, 35],
  ],
  checkDigits: [
    ["documentNumber", 2, 10, [2, 1, 9]],
    ["dateOfBirth", 2, 20, [2, 14, 19]],
    ["dateOfExpiry", 2, 28, [2, 22, 27]],
    ["composite", 2, 36, [2, 1, 10], [2, 14, 20], [2, 22, 35]],
  ],
});
