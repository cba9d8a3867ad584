import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Deletes unified templates of a user: all, those of a type, or one.
 *
 * Attendance PUSH 3.7, 12.1.2.5.
 *
 *     DATA DELETE BIODATA Pin= HT Type= HT No=
 */
export const DeleteBiodata = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA DELETE BIODATA",
  { section: "12.1.2.5" },
  {
    pin: required("Pin", pin),
    /** See `BIOMETRIC_TYPES`. */
    type: optional("Type", integer),
    number: optional("No", integer),
  },
);
export type DeleteBiodata = ValueOf<typeof DeleteBiodata>;
