import type { Wire } from "./bytes.js";
import { type Command, decodeCommand, encodeCommand } from "./commands/any.js";
import { ZkPushError } from "./errors.js";
import { lineCodec } from "./keyed-message.js";
import { checkCommandId, isCommandId } from "./safe.js";

/** A command with the id that its reply will name. */
export interface CommandLine {
  /** 1 to 16 letters and digits. */
  readonly id: string;
  readonly command: Command;
  /** Everything before the command, where it is not `C:id:`. */
  readonly head?: Wire;
}

/** Spaces around the id occur in the document; terminals skip those after the second colon. */
const HEAD = /^C: *([^:\0\t\r\n]{1,64}?) *: */;

/**
 * One command as it goes to a terminal.
 *
 * Attendance PUSH 3.7, chapter 12.
 *
 *     C:id:command
 */
export const CommandLine = /* @__PURE__ */ lineCodec<CommandLine>(
  "command line",
  { section: "12", schema: ["C", "id", "command"] },
  {
    encode({ id, command, head }, context) {
      const kept = head !== undefined && HEAD.exec(head)?.[0] === head;
      const same = kept && HEAD.exec(head)?.[1] === id;
      return (same ? head : `C:${checkCommandId(id)}:`) + encodeCommand(command, context);
    },
    decode(line, context) {
      const match = HEAD.exec(line);
      if (match === null) {
        throw new ZkPushError("COMMAND_MALFORMED", "expected C:id: at the start of a command");
      }
      const [head, id] = match as unknown as [string, string];
      const command = decodeCommand(line.slice(head.length), context);
      return head === `C:${id}:` && isCommandId(id) ? { id, command } : { id, command, head };
    },
  },
);
