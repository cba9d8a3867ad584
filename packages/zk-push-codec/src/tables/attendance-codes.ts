import { codeTable } from "./code-table.js";

/**
 * Attendance status of a punch: the key that was pressed. The document leaves the numbers to the
 * terminal's settings; these are the factory's, and 255 is what a terminal without keys sends.
 */
export const ATTENDANCE_STATUS = /* @__PURE__ */ codeTable<number>(
  "11.2",
  [],
  [
    [0, "check in"],
    [1, "check out"],
    [2, "break out"],
    [3, "break in"],
    [4, "overtime in"],
    [5, "overtime out"],
    [255, "not chosen"],
  ],
);

/** Type of an identity-card record: 11.7. */
export const ATTENDANCE_TYPES = /* @__PURE__ */ codeTable<number>("11.7", [
  [0, "attendance"],
  [1, "verification"],
]);

/** Status of an identity-card verification, type 1: 11.7. */
export const VERIFICATION_STATUS = /* @__PURE__ */ codeTable<number>("11.7", [
  [0, "matched"],
  [1, "not matched"],
  [2, "on the blacklist"],
]);

/** Verify column of an identity-card verification, type 1: 11.7. */
export const VERIFICATION_MODES = /* @__PURE__ */ codeTable<number>("11.7", [
  [1, "face"],
  [2, "face, then fingerprint"],
  [3, "fingerprint, then face"],
]);

/** Photo type in the file name of an identity-card photo: 11.8. */
export const PHOTO_TYPES = /* @__PURE__ */ codeTable<number>("11.8", [
  [0, "attendance accepted"],
  [1, "attendance refused"],
  [2, "on the blacklist"],
  [3, "verification accepted"],
  [4, "verification refused"],
]);
