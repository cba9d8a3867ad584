import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { text } from "../kind.js";

/**
 * Adds or changes a work code.
 *
 * Attendance PUSH 3.7, 12.1.1.12. PIN is the index of the code, not a person.
 *
 *     DATA UPDATE WORKCODE PIN= HT CODE= HT NAME=
 */
export const UpdateWorkCode = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE WORKCODE",
  { section: "12.1.1.12" },
  {
    index: required("PIN", text),
    code: required("CODE", text),
    name: optional("NAME", text),
  },
);
export type UpdateWorkCode = ValueOf<typeof UpdateWorkCode>;
