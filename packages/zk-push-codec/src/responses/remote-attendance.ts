import { bytesOf, wireOf } from "../bytes.js";
import { type Command, decodeCommand, encodeCommand } from "../commands/any.js";
import { type CodecOptions, contextOf } from "../context.js";
import type { Codec } from "../keyed-message.js";
import { checkUnreadable, decodeLines, encodeLines, type RecordLines } from "../lines.js";

/** A person for remote attendance: DATA UPDATE commands without ids; none is `NONE`. */
export type RemoteAttendanceReply = RecordLines<Command> & {
  /** The whole body when it holds no command: `NONE` or `OK`. */
  readonly text?: string;
};

/**
 * The answer to `RemoteAttendanceRequest`.
 *
 * Attendance PUSH 3.7, chapter 14. Old servers answer `NONE` for nobody; the document is silent.
 *
 *     DATA UPDATE USERINFO … LF DATA UPDATE FINGERTMP … LF
 */
export const RemoteAttendanceReply: Codec<RemoteAttendanceReply> = {
  name: "remote attendance reply",
  section: "14",
  since: "2.2.14",
  schema: ["DATA UPDATE"],
  decode(bytes, options: CodecOptions = {}) {
    const body = wireOf(bytes);
    if (!/^\s*DATA /i.test(body)) return { records: [], text: body };
    return decodeLines(body, contextOf(options), decodeCommand);
  },
  encode(reply, options: CodecOptions = {}) {
    const context = contextOf(options);
    if (reply.records.length === 0 && reply.unreadable === undefined) {
      return bytesOf(reply.text ?? "NONE");
    }
    checkUnreadable(reply);
    return bytesOf(encodeLines(reply, (command) => encodeCommand(command, context)));
  },
};
