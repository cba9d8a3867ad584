import { bytesOf } from "../bytes.js";
import { optional, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { keysOf, lineCodec } from "../keyed-message.js";
import { text } from "../kind.js";
import { LINES } from "../style.js";
import { cutContent, type ReplyContent, writeContent } from "./content.js";
import { REPLY_FIELDS } from "./return.js";

/** Fields before the content, in the document's order. */
const FIELDS = {
  id: REPLY_FIELDS.id,
  sn: optional("SN", text),
  /** The terminal's text: data, never a path. */
  fileName: optional("FILENAME", text),
  command: REPLY_FIELDS.command,
  /** Size of the file, or a negative code. */
  returnCode: REPLY_FIELDS.returnCode,
} as const;

const HEAD = /* @__PURE__ */ keyValues(LINES, FIELDS);

/** The content is the file; absent where the terminal has none of that name. */
export type GetFileReply = { readonly reply: "GetFile" } & ValuesOf<typeof FIELDS> & ReplyContent;

/**
 * A file of the terminal, for GetFile.
 *
 * Attendance PUSH 3.7, 12.5.1.
 *
 *     ID=… LF SN=… LF FILENAME=… LF CMD=GetFile LF Return=size LF Content=bytes
 */
export const GetFileReply = /* @__PURE__ */ lineCodec<GetFileReply>(
  "GetFile reply",
  { section: "12.5.1", schema: keysOf(FIELDS, "Content") },
  {
    encode({ reply: _reply, content, contentKey, ...values }, context) {
      const end = {
        ...(content === undefined ? {} : { content }),
        ...(contentKey === undefined ? {} : { contentKey }),
      };
      return `${HEAD.encode(values, context, "GetFile")}${writeContent(end)}`;
    },
    decode(wire, context) {
      const { head, content, spelling } = cutContent(wire);
      const values = HEAD.decode(head, context, "GetFile");
      if (content === undefined) return { reply: "GetFile", ...values };
      if (content.length < values.returnCode) {
        context.report({ code: "REPLY_CONTENT_SHORT", field: "Return" });
      }
      return { reply: "GetFile", ...values, content: bytesOf(content), ...spelling };
    },
  },
);
