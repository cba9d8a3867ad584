import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, text } from "../kind.js";

/**
 * Defines an access group.
 *
 * Attendance PUSH 3.7, 12.1.1.14.
 *
 *     DATA UPDATE AccGroup ID= HT Verify= HT ValidHoliday= HT TZ=
 */
export const UpdateAccessGroup = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE AccGroup",
  { section: "12.1.1.14" },
  {
    id: required("ID", integer),
    /** See `VERIFY_MODES`. */
    verify: optional("Verify", integer),
    /** 1: holidays count. */
    validHoliday: optional("ValidHoliday", integer),
    /** `1;1;0;0`: whether the group's periods count, then up to three of them. */
    timePeriods: optional("TZ", text),
  },
);
export type UpdateAccessGroup = ValueOf<typeof UpdateAccessGroup>;
