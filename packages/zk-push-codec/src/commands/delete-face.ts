import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { pin } from "../kind.js";

/**
 * Deletes the face of a user.
 *
 * Attendance PUSH 3.7, 12.1.2.3.
 *
 *     DATA DELETE FACE PIN=
 */
export const DeleteFace = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE FACE",
  { section: "12.1.2.3" },
  { pin: required("PIN", pin) },
);
export type DeleteFace = ValueOf<typeof DeleteFace>;
