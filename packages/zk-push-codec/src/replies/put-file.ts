import type { ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { AMPERSANDS, LINES } from "../style.js";
import { REPLY_FIELDS } from "./return.js";

const FIELDS = {
  id: REPLY_FIELDS.id,
  /** Size of the file, the number of commands that SyncData carried out, or a negative code. */
  returnCode: REPLY_FIELDS.returnCode,
  command: REPLY_FIELDS.command,
} as const;

const LINE_PAIRS = /* @__PURE__ */ keyValues(LINES, FIELDS);
const ONE_LINE = /* @__PURE__ */ keyValues(AMPERSANDS, FIELDS);

export type PutFileReply = { readonly reply: "PutFile" } & ValuesOf<typeof FIELDS> & {
    /** On one line with ampersands, as terminals do and the document does not. */
    readonly oneLine?: true;
  };

/**
 * What became of PutFile.
 *
 * Attendance PUSH 3.7, 12.5.2.
 *
 *     ID=… LF Return=… LF CMD=PutFile
 */
export const PutFileReply = /* @__PURE__ */ lineCodec<PutFileReply>(
  "PutFile reply",
  { section: "12.5.2", schema: keysOf(FIELDS) },
  {
    encode: ({ reply: _reply, oneLine, ...values }, context) =>
      (oneLine === true ? ONE_LINE : LINE_PAIRS).encode(values, context, "PutFile"),
    decode(wire, context) {
      const oneLine = /^ID=[^&\n]*&/i.test(wire);
      const values = (oneLine ? ONE_LINE : LINE_PAIRS).decode(wire, context, "PutFile");
      return { reply: "PutFile", ...values, ...(oneLine ? { oneLine } : {}) };
    },
  },
);
