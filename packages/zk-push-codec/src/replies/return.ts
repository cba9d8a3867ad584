import { required, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { integer, text } from "../kind.js";
import { AMPERSANDS } from "../style.js";

/** What every reply holds. */
export const REPLY_FIELDS = {
  /** Id of the command, as the server gave it. */
  id: required("ID", text),
  /** What it means depends on the command: see `meaningOfReturn`. */
  returnCode: required("Return", integer),
  /** The verb that the terminal recognised: `DATA` and not the whole command. */
  command: required("CMD", text),
} as const;

const PAIRS = /* @__PURE__ */ keyValues(AMPERSANDS, REPLY_FIELDS);

export type ReturnReply = { readonly reply: "return" } & ValuesOf<typeof REPLY_FIELDS>;

/**
 * The reply to any command that has no reply of its own.
 *
 * Attendance PUSH 3.7, chapter 13.
 *
 *     ID=…&Return=…&CMD=…
 */
export const ReturnReply = /* @__PURE__ */ lineCodec<ReturnReply>(
  "reply",
  { section: "13", schema: keysOf(REPLY_FIELDS) },
  {
    encode: ({ reply: _reply, ...values }, context) => PAIRS.encode(values, context, "reply"),
    decode: (line, context) => ({ reply: "return", ...PAIRS.decode(line, context, "reply") }),
  },
);
