import { recordUpload } from "../record-upload.js";
import type { MessageOf } from "../request-codec.js";

/**
 * Upload of operations, users, templates and pictures, mixed as they came about.
 *
 * Attendance PUSH 3.7, 11.4, 11.5, 11.9 to 11.11, 11.13 and 11.15. The answer is `OK:n`.
 *
 *     POST /iclock/cdata?SN=…&table=OPERLOG&Stamp=…
 *     one named record a line
 */
export const OperationLogUpload = /* @__PURE__ */ recordUpload(
  "OPERLOG",
  { section: "11.4" },
  "OpStamp",
  "OPERLOGStamp",
);
export type OperationLogUpload = MessageOf<typeof OperationLogUpload>;
