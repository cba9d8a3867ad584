import { optional, required } from "../fields.js";
import { text } from "../kind.js";
import { queried } from "../query.js";
import { NAMED_LINES } from "../record-upload.js";
import { type MessageOf, requestCodec } from "../request-codec.js";
import { isUpload } from "../route.js";
import { stamp } from "../stamp.js";

/**
 * Upload under a table that the document does not have: USERINFO, FACE, BIOPHOTO, WORKCODE,
 * WHITELIST and others of later firmware. Its records are read by their first word.
 *
 * Attendance PUSH 3.7, 11.15, says OPERLOG for comparison photos; terminals use BIOPHOTO too.
 *
 *     POST /iclock/cdata?SN=…&table=…&Stamp=…
 *     one named record a line
 */
export const OtherUpload = /* @__PURE__ */ requestCodec({
  request: "other",
  section: "11.15",
  schema: ["records"],
  method: "POST",
  path: "/iclock/cdata",
  query: { table: required("table", queried(text)), stamp: optional("Stamp", stamp) },
  body: NAMED_LINES,
  matches: (route) =>
    isUpload(route) &&
    route.parameter("table") !== undefined &&
    route.parameter("ContentType") === undefined,
});
export type OtherUpload = MessageOf<typeof OtherUpload>;
