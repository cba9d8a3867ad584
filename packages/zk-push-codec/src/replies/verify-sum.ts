import { optional, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { deviceTime, integer } from "../kind.js";
import { AMPERSANDS } from "../style.js";
import { REPLY_FIELDS } from "./return.js";

const FIELDS = {
  ...REPLY_FIELDS,
  startTime: optional("StartTime", deviceTime),
  endTime: optional("EndTime", deviceTime),
  /** Attendance records of the period; terminals also call it AttlogCount. */
  count: optional("AttlogSum", integer, "AttlogCount"),
} as const;

const PAIRS = /* @__PURE__ */ keyValues(AMPERSANDS, FIELDS);

export type VerifySumReply = { readonly reply: "VERIFY SUM" } & ValuesOf<typeof FIELDS>;

/**
 * The number of attendance records of a period, for VERIFY SUM.
 *
 * Attendance PUSH 3.7, 12.3.3.
 *
 *     ID=…&Return=…&CMD=VERIFY SUM&StartTime=…&EndTime=…&AttlogSum=…
 */
export const VerifySumReply = /* @__PURE__ */ lineCodec<VerifySumReply>(
  "VERIFY SUM reply",
  { section: "12.3.3", schema: keysOf(FIELDS) },
  {
    encode: ({ reply: _reply, ...values }, context) => PAIRS.encode(values, context, "VERIFY SUM"),
    decode: (line, context) => ({
      reply: "VERIFY SUM",
      ...PAIRS.decode(line, context, "VERIFY SUM"),
    }),
  },
);
