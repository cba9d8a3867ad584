import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { pin } from "../kind.js";

/**
 * Deletes the comparison photo of a user.
 *
 * Attendance PUSH 3.7, 12.1.2.7.
 *
 *     DATA DELETE BIOPHOTO PIN=
 */
export const DeleteComparisonPhoto = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE BIOPHOTO",
  { section: "12.1.2.7" },
  { pin: required("PIN", pin) },
);
export type DeleteComparisonPhoto = ValueOf<typeof DeleteComparisonPhoto>;
