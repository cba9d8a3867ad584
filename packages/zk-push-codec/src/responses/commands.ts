import { bytesOf, wireOf } from "../bytes.js";
import { CommandLine } from "../command-line.js";
import { type CodecOptions, contextOf } from "../context.js";
import type { Codec } from "../keyed-message.js";
import { checkUnreadable, decodeLines, encodeLines, type RecordLines } from "../lines.js";

/** Commands for a terminal that asked; none is an `OK`. */
export type CommandsReply = RecordLines<CommandLine> & {
  /** The whole body when it holds no command: `OK`, or why the server refuses. */
  readonly text?: string;
};

/**
 * The answer to a poll.
 *
 * Attendance PUSH 3.7, chapter 12. A terminal executes a command only when a line feed ends it, so
 * the last one has one too. A body that starts with U or R is a refusal.
 *
 *     C:id:command LF C:id:command LF        or OK
 */
export const CommandsReply: Codec<CommandsReply> = {
  name: "commands reply",
  section: "12",
  since: "2.2.14",
  schema: ["C:id:command"],
  decode(bytes, options: CodecOptions = {}) {
    const context = contextOf(options);
    const body = wireOf(bytes);
    if (!/^\s*C:/.test(body)) return { records: [], text: body };
    const lines = decodeLines(body, context, (line, at) => CommandLine.decodeLine(line, at));
    if (lines.unterminated) context.report({ code: "LINE_UNTERMINATED" });
    return lines;
  },
  encode(reply, options: CodecOptions = {}) {
    const context = contextOf(options);
    if (reply.records.length === 0 && reply.unreadable === undefined) {
      return bytesOf(reply.text ?? "OK");
    }
    checkUnreadable(reply);
    return bytesOf(encodeLines(reply, (line) => CommandLine.encodeLine(line, context)));
  },
};
