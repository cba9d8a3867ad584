import { codeTable } from "./code-table.js";

/** Pri, the privilege of a user: 12.1.1.1. */
export const PRIVILEGES = /* @__PURE__ */ codeTable<number>("12.1.1.1", [
  [0, "user"],
  [2, "registrar"],
  [6, "administrator"],
  [10, "defined at the terminal"],
  [14, "super administrator"],
]);

/** TAG of a short message: 12.1.1.9. */
export const MESSAGE_TAGS = /* @__PURE__ */ codeTable<number>("12.1.1.9", [
  [253, "for everybody"],
  [254, "for its users"],
  [255, "reserved"],
]);

/** KeyID of a shortcut key: 12.1.1.13. */
export const SHORTCUT_KEYS = /* @__PURE__ */ codeTable<number>("12.1.1.13", [
  [1, "F1"],
  [2, "F2"],
  [3, "F3"],
  [4, "F4"],
  [5, "F5"],
  [6, "F6"],
  [7, "F7"],
  [8, "F8"],
]);

/** KeyFun, what a shortcut key does: 12.1.1.13. */
export const SHORTCUT_FUNCTIONS = /* @__PURE__ */ codeTable<number>("12.1.1.13", [
  [0, "nothing"],
  [1, "status key"],
  [2, "work code"],
  [3, "short message"],
  [4, "help"],
  [5, "show attendance records"],
  [6, "show the last attendance record"],
]);

/** Format of an issued comparison photo: 12.1.1.8. */
export const PHOTO_DELIVERIES = /* @__PURE__ */ codeTable<number>("12.1.1.8", [
  [0, "base64 in the command"],
  [1, "fetched from Url"],
]);
