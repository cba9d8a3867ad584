import { recordUpload } from "../record-upload.js";
import type { MessageOf } from "../request-codec.js";

/**
 * Upload of unified templates.
 *
 * Attendance PUSH 3.7, 11.12. The answer is `OK:n`.
 *
 *     POST /iclock/cdata?SN=…&table=BIODATA&Stamp=…
 *     one BIODATA record a line
 */
export const BiodataUpload = /* @__PURE__ */ recordUpload(
  "BIODATA",
  { section: "11.12" },
  "BIODATAStamp",
);
export type BiodataUpload = MessageOf<typeof BiodataUpload>;
