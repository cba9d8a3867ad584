import { recordUpload } from "../record-upload.js";
import type { MessageOf } from "../request-codec.js";

/**
 * Upload of errors inside the terminal.
 *
 * Attendance PUSH 3.7, 11.16. The answer is a bare `OK`.
 *
 *     POST /iclock/cdata?SN=…&table=ERRORLOG&Stamp=…
 *     one ERRORLOG record a line
 */
export const ErrorLogUpload = /* @__PURE__ */ recordUpload(
  "ERRORLOG",
  { section: "11.16", since: "2.4.1" },
  "ERRORLOGStamp",
);
export type ErrorLogUpload = MessageOf<typeof ErrorLogUpload>;
