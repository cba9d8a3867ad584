import { layout, type MrzLayout } from "./layout.js";

/**
 * Cards of TD1 size (Doc 9303-5, 4.2.2 and 4.2.4): 3 lines of 30. A long document number goes on in
 * the optional data of line 1 (note j).
 */
export const TD1: MrzLayout = /* @__PURE__ */ layout({
  format: "TD1",
  lineCount: 3,
  lineLength: 30,
  fields: [
    ["documentCode", 1, 1, 2, "letters"],
    ["issuer", 1, 3, 5, "letters"],
    ["documentNumber", 1, 6, 14],
    ["optionalData", 1, 16, 30],
    ["dateOfBirth", 2, 1, 6, "digits"],
    ["sex", 2, 8, 8, "letters"],
    ["dateOfExpiry", 2, 9, 14, "digits"],
    ["nationality", 2, 16, 18, "letters"],
    ["optionalData2", 2, 19, 29],
    ["name", 3, 1, 30, "letters"],
  ],
  checkDigits: [
    ["documentNumber", 1, 15, [1, 6, 14]],
    ["dateOfBirth", 2, 7, [2, 1, 6]],
    ["dateOfExpiry", 2, 15, [2, 9, 14]],
    ["composite", 2, 30, [1, 6, 30], [2, 1, 7], [2, 9, 15], [2, 19, 29]],
  ],
});
