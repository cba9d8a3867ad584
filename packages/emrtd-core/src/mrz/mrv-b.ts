import { layout, type MrzLayout } from "./layout.js";

/** Visas of format B (Doc 9303-7, 7.2.2): 2 lines of 36, without a composite check digit. */
export const MRV_B: MrzLayout = /* @__PURE__ */ layout({
  format: "MRV-B",
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
    ["optionalData", 2, 29, 36],
  ],
  checkDigits: [
    ["documentNumber", 2, 10, [2, 1, 9]],
    ["dateOfBirth", 2, 20, [2, 14, 19]],
    ["dateOfExpiry", 2, 28, [2, 22, 27]],
  ],
});
