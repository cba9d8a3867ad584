import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Deletes all attendance photos of the terminal.
 *
 * Attendance PUSH 3.7, 12.2.2.
 *
 *     CLEAR PHOTO
 */
export const ClearPhoto = /* @__PURE__ */ keyedMessage(
  "command",
  "CLEAR PHOTO",
  { section: "12.2.2" },
  {},
);
export type ClearPhoto = ValueOf<typeof ClearPhoto>;
