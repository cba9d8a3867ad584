import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer } from "../kind.js";

/**
 * Deletes a publicity picture.
 *
 * Attendance PUSH 3.7, 12.1.2.10.
 *
 *     DATA DELETE ADPIC Index=
 */
export const DeletePublicityPicture = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE ADPIC",
  { section: "12.1.2.10" },
  { index: required("Index", integer) },
);
export type DeletePublicityPicture = ValueOf<typeof DeletePublicityPicture>;
