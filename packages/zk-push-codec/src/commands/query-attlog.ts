import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { deviceTime } from "../kind.js";

/**
 * Asks for the attendance records of a period. They come as ordinary uploads: `AttendanceUpload`.
 *
 * Attendance PUSH 3.7, 12.1.3.
 *
 *     DATA QUERY ATTLOG StartTime= HT EndTime=
 */
export const QueryAttendance = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA QUERY ATTLOG",
  { section: "12.1.3" },
  {
    startTime: required("StartTime", deviceTime),
    endTime: required("EndTime", deviceTime),
  },
);
export type QueryAttendance = ValueOf<typeof QueryAttendance>;
