import type { CommandReply } from "./replies/replies.js";
import { ENROLL_CARD_CODES, ENROLL_CODES, RETURN_CODES } from "./tables/return-codes.js";

/** What the Return of a reply says. */
export interface ReturnMeaning {
  readonly outcome: "done" | "failed";
  readonly meaning: string;
  /** GetFile and PutFile: bytes. */
  readonly size?: number;
  /** PutFile with SyncData: commands carried out. VERIFY SUM: attendance records. */
  readonly count?: number;
  /** SHELL: exit status of the system command. */
  readonly status?: number;
}

/**
 * What the Return of a reply means, which depends on the command: a size for GetFile and PutFile, a
 * number of commands for SyncData, an exit status for SHELL, a code of its own for enrolments, and
 * else zero or a code of appendix 1.
 *
 * @param synchronised the command was PutFile with `Action=SyncData`; the reply does not say so.
 */
export const meaningOfReturn = (reply: CommandReply, synchronised = false): ReturnMeaning => {
  const code = reply.returnCode;
  const verb = reply.command.trim().toUpperCase();
  if (reply.reply === "Shell" || verb === "SHELL") {
    return { ...(code === 0 ? DONE : failed(`exit status ${code}`)), status: code };
  }
  if (code < 0) return failed(RETURN_CODES.meaningOf(code) ?? `code ${code}`);
  switch (verb) {
    case "GETFILE":
      return { ...DONE, size: code };
    case "PUTFILE":
      return { ...DONE, ...(synchronised ? { count: code } : { size: code }) };
    case "ENROLL_MF":
      return code === 0 ? DONE : failed(ENROLL_CARD_CODES.meaningOf(code) ?? `code ${code}`);
    case "ENROLL_FP":
    case "ENROLL_BIO":
      return code === 0 ? DONE : failed(ENROLL_CODES.meaningOf(code) ?? `code ${code}`);
    case "VERIFY SUM":
      return reply.reply === "VERIFY SUM" && reply.count !== undefined
        ? { ...DONE, count: reply.count }
        : DONE;
    default:
      return code === 0 ? DONE : failed(RETURN_CODES.meaningOf(code) ?? `code ${code}`);
  }
};

const DONE: ReturnMeaning = { outcome: "done", meaning: "done" };

const failed = (meaning: string): ReturnMeaning => ({ outcome: "failed", meaning });
