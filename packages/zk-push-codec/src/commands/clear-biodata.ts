import { keyedMessage, type ValueOf } from "../keyed-message.js";

/**
 * Deletes the unified templates of the terminal. The document speaks of a type and has no place for
 * one.
 *
 * Attendance PUSH 3.7, 12.2.4.
 *
 *     CLEAR BIODATA
 */
export const ClearBiodata = /* @__PURE__ */ keyedMessage(
  "command",
  "CLEAR BIODATA",
  { section: "12.2.4" },
  {},
);
export type ClearBiodata = ValueOf<typeof ClearBiodata>;
