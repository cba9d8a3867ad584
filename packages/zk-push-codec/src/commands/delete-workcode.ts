import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { text } from "../kind.js";

/**
 * Deletes a work code.
 *
 * Attendance PUSH 3.7, 12.1.2.9.
 *
 *     DATA DELETE WORKCODE CODE=
 */
export const DeleteWorkCode = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE WORKCODE",
  { section: "12.1.2.9" },
  { code: required("CODE", text) },
);
export type DeleteWorkCode = ValueOf<typeof DeleteWorkCode>;
