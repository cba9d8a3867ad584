import { decodeAttendanceLines } from "../attendance-lines.js";
import { bytesOf } from "../bytes.js";
import { optional } from "../fields.js";
import { encodeLines, type RecordLines } from "../lines.js";
import { AttendanceRecord } from "../records/attendance.js";
import { isTable, type MessageOf, requestCodec } from "../request-codec.js";
import { stamp } from "../stamp.js";

/**
 * Upload of attendance records, plain (11.2) and of identity cards (11.7).
 *
 * Attendance PUSH 3.7, 11.2. The answer is `OK:n`; a terminal does not check n.
 *
 *     POST /iclock/cdata?SN=…&table=ATTLOG&Stamp=…
 *     one AttendanceRecord a line
 */
export const AttendanceUpload = /* @__PURE__ */ requestCodec({
  request: "ATTLOG",
  section: "11.2",
  schema: ["ATTLOG records"],
  method: "POST",
  path: "/iclock/cdata",
  fixed: [["table", "ATTLOG"]],
  query: { stamp: optional("Stamp", stamp, "AttLogStamp", "ATTLOGStamp") },
  body: {
    decode: decodeAttendanceLines,
    encode: (lines: RecordLines<AttendanceRecord>, context) =>
      bytesOf(encodeLines(lines, (record) => AttendanceRecord.encodeLine(record, context))),
  },
  matches: (route) => isTable(route, "ATTLOG"),
});
export type AttendanceUpload = MessageOf<typeof AttendanceUpload>;
