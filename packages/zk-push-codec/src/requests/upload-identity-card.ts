import { recordUpload } from "../record-upload.js";
import type { MessageOf } from "../request-codec.js";

/**
 * Upload of identity cards that were read.
 *
 * Attendance PUSH 3.7, 11.6. The answer is `OK:n`.
 *
 *     POST /iclock/cdata?SN=…&table=IDCARD&Stamp=…
 *     one IDCARD record a line
 */
export const IdentityCardUpload = /* @__PURE__ */ recordUpload(
  "IDCARD",
  { section: "11.6", since: "2.3.0" },
  "IDCARDStamp",
);
export type IdentityCardUpload = MessageOf<typeof IdentityCardUpload>;
