import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, pin } from "../kind.js";

/**
 * Asks for unified templates of a type: of everybody, of a user, or one. They come in an ordinary
 * upload.
 *
 * Attendance PUSH 3.7, 12.1.3.
 *
 *     DATA QUERY BIODATA Type= HT PIN= HT No=
 */
export const QueryBiodata = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA QUERY BIODATA",
  { section: "12.1.3" },
  {
    /** See `BIOMETRIC_TYPES`. */
    type: required("Type", integer),
    pin: optional("PIN", pin),
    number: optional("No", integer),
  },
);
export type QueryBiodata = ValueOf<typeof QueryBiodata>;
