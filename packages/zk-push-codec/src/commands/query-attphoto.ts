import { required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { deviceTime } from "../kind.js";

/**
 * Asks for the attendance photos of a period. They come as ordinary uploads: `AttendancePhotoUpload`.
 *
 * Attendance PUSH 3.7, 12.1.3.
 *
 *     DATA QUERY ATTPHOTO StartTime= HT EndTime=
 */
export const QueryAttendancePhotos = /* @__PURE__ */ keyedMessage(
  "command",
  "DATA QUERY ATTPHOTO",
  { section: "12.1.3" },
  {
    startTime: required("StartTime", deviceTime),
    endTime: required("EndTime", deviceTime),
  },
);
export type QueryAttendancePhotos = ValueOf<typeof QueryAttendancePhotos>;
