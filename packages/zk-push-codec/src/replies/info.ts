import { DEVICE_OPTION_FIELDS } from "../device-options.js";
import type { ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { AMPERSANDS, LINES } from "../style.js";
import { REPLY_FIELDS } from "./return.js";

const HEAD = /* @__PURE__ */ keyValues(AMPERSANDS, REPLY_FIELDS);
const OPTIONS = /* @__PURE__ */ keyValues(LINES, DEVICE_OPTION_FIELDS);

/** Options of a terminal. */
export type DeviceOptions = ValuesOf<typeof DEVICE_OPTION_FIELDS>;

export type InfoReply = { readonly reply: "INFO"; readonly options: DeviceOptions } & ValuesOf<
  typeof REPLY_FIELDS
>;

/**
 * All options of a terminal, for INFO.
 *
 * Attendance PUSH 3.7, 12.4.3.
 *
 *     ID=…&Return=…&CMD=INFO LF key=value LF key=value …
 */
export const InfoReply = /* @__PURE__ */ lineCodec<InfoReply>(
  "INFO reply",
  { section: "12.4.3", schema: keysOf(REPLY_FIELDS, DEVICE_OPTION_FIELDS) },
  {
    encode({ reply: _reply, options, ...values }, context) {
      const block = OPTIONS.encode(options, context, "INFO");
      const head = HEAD.encode(values, context, "INFO");
      return block === "" ? head : `${head}\n${block}`;
    },
    decode(wire, context) {
      const end = wire.indexOf("\n");
      const head = end < 0 ? wire : wire.slice(0, end);
      const options = OPTIONS.decode(end < 0 ? "" : wire.slice(end + 1), context, "INFO");
      return { reply: "INFO", ...HEAD.decode(head, context, "INFO"), options };
    },
  },
);
