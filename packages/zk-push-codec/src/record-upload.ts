import { optional } from "./fields.js";
import type { Definition } from "./keyed-message.js";
import { decodeLines, encodeLines, type RecordLines } from "./lines.js";
import { decodeNamedRecord, encodeNamedRecord, type NamedRecord } from "./records/any.js";
import { isTable, requestCodec, textBody } from "./request-codec.js";
import { stamp } from "./stamp.js";

/** Lines of named records; every table may hold every record, and terminals do mix them. */
export const NAMED_LINES = /* @__PURE__ */ textBody<RecordLines<NamedRecord>>({
  decode: (body, context) => decodeLines(body, context, decodeNamedRecord),
  encode: (lines, context) => encodeLines(lines, (record) => encodeNamedRecord(record, context)),
});

/** Codec of an upload of named records under one table. */
export const recordUpload = /* @__NO_SIDE_EFFECTS__ */ <const N extends string>(
  table: N,
  definition: Definition,
  ...stampAliases: string[]
) =>
  requestCodec({
    request: table,
    ...definition,
    schema: ["records"],
    method: "POST",
    path: "/iclock/cdata",
    fixed: [["table", table]],
    query: { stamp: optional("Stamp", stamp, ...stampAliases) },
    body: NAMED_LINES,
    matches: (route) => isTable(route, table) && route.parameter("ContentType") === undefined,
  });
