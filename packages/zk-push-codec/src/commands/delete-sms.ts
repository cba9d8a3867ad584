import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer } from "../kind.js";

/**
 * Deletes a short message.
 *
 * Attendance PUSH 3.7, 12.1.2.8.
 *
 *     DATA DELETE SMS UID=
 */
export const DeleteShortMessage = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE SMS",
  { section: "12.1.2.8" },
  { uid: required("UID", integer) },
);
export type DeleteShortMessage = ValueOf<typeof DeleteShortMessage>;
