import { bytesOf } from "../bytes.js";
import { optional, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { text } from "../kind.js";
import { LINES } from "../style.js";
import { cutContent, type ReplyContent, writeContent } from "./content.js";
import { REPLY_FIELDS } from "./return.js";

const FIELDS = {
  id: REPLY_FIELDS.id,
  sn: optional("SN", text),
  /** Exit status of the command. */
  returnCode: REPLY_FIELDS.returnCode,
  /** `Shell`. */
  command: REPLY_FIELDS.command,
  /** `shellout.txt`, or `shell.out` from terminals, or nothing. */
  fileName: optional("FILENAME", text),
} as const;

const HEAD = /* @__PURE__ */ keyValues(LINES, FIELDS);

/** The content is the output of the command, in whatever character set the terminal has. */
export type ShellReply = { readonly reply: "Shell" } & ValuesOf<typeof FIELDS> & ReplyContent;

/**
 * Output of a system command, for SHELL. It runs to the end of the body.
 *
 * Attendance PUSH 3.7, 12.8.1.
 *
 *     ID=… LF SN=… LF Return=… LF CMD=Shell LF FILENAME=shellout.txt LF Content=…
 */
export const ShellReply = /* @__PURE__ */ lineCodec<ShellReply>(
  "SHELL reply",
  { section: "12.8.1", schema: keysOf(FIELDS, "Content") },
  {
    encode({ reply: _reply, content, contentKey, ...values }, context) {
      const end = {
        ...(content === undefined ? {} : { content }),
        ...(contentKey === undefined ? {} : { contentKey }),
      };
      return `${HEAD.encode(values, context, "SHELL")}${writeContent(end)}`;
    },
    decode(wire, context) {
      const { head, content, spelling } = cutContent(wire);
      const values = HEAD.decode(head, context, "SHELL");
      return {
        reply: "Shell",
        ...values,
        ...(content === undefined ? {} : { content: bytesOf(content), ...spelling }),
      };
    },
  },
);
