import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { integer } from "../kind.js";
import { timeOfDay } from "../time-of-day.js";

/**
 * Defines an access time period: a start and an end for each day of the week, as `hhmm`.
 *
 * Attendance PUSH 3.7, 12.1.1.15, which spells some keys in two ways (TuesStart, TueStart).
 *
 *     DATA UPDATE AccTimeZone UID= HT SunStart= HT SunEnd= HT … HT SatStart= HT SatEnd=
 */
export const UpdateAccessTimePeriod = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA UPDATE AccTimeZone",
  { section: "12.1.1.15" },
  {
    uid: required("UID", integer),
    sundayStart: optional("SunStart", timeOfDay),
    sundayEnd: optional("SunEnd", timeOfDay),
    mondayStart: optional("MonStart", timeOfDay),
    mondayEnd: optional("MonEnd", timeOfDay),
    tuesdayStart: optional("TuesStart", timeOfDay, "TueStart"),
    tuesdayEnd: optional("TuesEnd", timeOfDay, "TueEnd"),
    wednesdayStart: optional("WedStart", timeOfDay),
    wednesdayEnd: optional("WedEnd", timeOfDay),
    thursdayStart: optional("ThursStart", timeOfDay, "ThurStart"),
    thursdayEnd: optional("ThursEnd", timeOfDay, "ThurEnd"),
    fridayStart: optional("FriStart", timeOfDay),
    fridayEnd: optional("FriEnd", timeOfDay),
    saturdayStart: optional("SatStart", timeOfDay),
    saturdayEnd: optional("SatEnd", timeOfDay),
  },
);
export type UpdateAccessTimePeriod = ValueOf<typeof UpdateAccessTimePeriod>;
