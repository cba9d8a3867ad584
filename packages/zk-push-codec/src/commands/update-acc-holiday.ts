import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer, text } from "../kind.js";

/**
 * Defines a holiday.
 *
 * Attendance PUSH 3.7, 12.1.1.16.
 *
 *     DATA UPDATE AccHoliday UID= HT HolidayName= HT StartDate= HT EndDate= HT TimeZone=
 */
export const UpdateAccessHoliday = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE AccHoliday",
  { section: "12.1.1.16" },
  {
    uid: required("UID", integer),
    name: optional("HolidayName", text),
    /** `1123` is 23 November. */
    startDate: optional("StartDate", text),
    endDate: optional("EndDate", text),
    /** Number of an access time period. */
    timePeriod: optional("TimeZone", integer),
  },
);
export type UpdateAccessHoliday = ValueOf<typeof UpdateAccessHoliday>;
