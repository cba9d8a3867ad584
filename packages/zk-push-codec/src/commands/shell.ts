import { ZkPushError } from "../errors.js";
import { type Worded, wordedCommand } from "../worded-command.js";

/** Terminals copy the command into 80 bytes and cut the rest: half a command is another command. */
const LONGEST = 79;

export type Shell = Worded<"SHELL">;

/**
 * Runs a command of the terminal's operating system, as root. The reply is `ShellReply`.
 *
 * Attendance PUSH 3.7, 12.8.1.
 *
 *     SHELL command
 */
export const Shell = /* @__PURE__ */ wordedCommand(
  "SHELL",
  { section: "12.8.1", schema: ["command"] },
  (words) => {
    if (words.length > LONGEST) {
      throw new ZkPushError(
        "LINE_TOO_LONG",
        `expected a system command of at most ${LONGEST} bytes, found ${words.length}`,
      );
    }
  },
);
