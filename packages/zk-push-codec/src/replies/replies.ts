import { bytesOf, type Wire, wireOf } from "../bytes.js";
import { atLine, type CodecOptions, type Context, contextOf } from "../context.js";
import { ZkPushError } from "../errors.js";
import {
  encodeLines,
  MAX_LINES,
  type RecordLines,
  recordLines,
  tooManyLines,
  type UnreadableLine,
} from "../lines.js";
import { cutContent } from "./content.js";
import { GetFileReply } from "./get-file.js";
import { InfoReply } from "./info.js";
import { PutFileReply } from "./put-file.js";
import { ReturnReply } from "./return.js";
import { ShellReply } from "./shell.js";
import { VerifySumReply } from "./verify-sum.js";

/** What a terminal says of one command. */
export type CommandReply =
  | ReturnReply
  | VerifySumReply
  | InfoReply
  | GetFileReply
  | PutFileReply
  | ShellReply;

/** All replies of one body: `records` in their order. */
export type CommandReplies = RecordLines<CommandReply>;

/**
 * Reads a body of replies, each in the form of its command: on one line with ampersands, with a
 * block of options (INFO), or as lines with a content at the end (GetFile, SHELL), in any mixture.
 */
export const decodeReplies = (body: Uint8Array, options: CodecOptions = {}): CommandReplies => {
  const context = contextOf(options);
  const wire = wireOf(body);
  const replies: CommandReply[] = [];
  const unreadable: UnreadableLine[] = [];
  let line = 0;
  let end = 0;
  for (let start = 0; start < wire.length; line++) {
    if (line === MAX_LINES) throw tooManyLines();
    end = endOfReply(wire, start);
    const piece = wire.slice(start, end);
    start = end + 1;
    if (piece.trim() === "") {
      unreadable.push({ line, wire: piece, reason: "BLANK" });
      continue;
    }
    try {
      replies.push(decodeReply(piece, atLine(context, line)));
    } catch (error) {
      if (!(error instanceof ZkPushError)) throw error;
      context.report({ code: "REPLY_UNREADABLE", line });
      unreadable.push({ line, wire: piece, reason: error.code });
    }
  }
  // A content may end in a line feed of its own: what counts is whether one follows the last reply.
  const terminated = end < wire.length;
  return recordLines(replies, unreadable, terminated || wire === "" ? "" : "unterminated");
};

export const encodeReplies = (
  replies: CommandReplies,
  options: CodecOptions = {},
): Uint8Array<ArrayBuffer> => {
  const context = contextOf(options);
  return bytesOf(encodeLines(replies, (reply) => encodeReply(reply, context)));
};

/** Reads one reply. */
export const decodeReply = (wire: Wire, context: Context): CommandReply => {
  switch (commandOf(wire)) {
    case "VERIFY SUM":
      return VerifySumReply.decodeLine(wire, context);
    case "INFO":
      return InfoReply.decodeLine(wire, context);
    case "GETFILE":
      return GetFileReply.decodeLine(wire, context);
    case "PUTFILE":
      return PutFileReply.decodeLine(wire, context);
    case "SHELL":
      return isOneLine(wire)
        ? ReturnReply.decodeLine(wire, context)
        : ShellReply.decodeLine(wire, context);
    default:
      return ReturnReply.decodeLine(wire, context);
  }
};

export const encodeReply = (reply: CommandReply, context: Context): Wire => {
  switch (reply.reply) {
    case "return":
      return ReturnReply.encodeLine(reply, context);
    case "VERIFY SUM":
      return VerifySumReply.encodeLine(reply, context);
    case "INFO":
      return InfoReply.encodeLine(reply, context);
    case "GetFile":
      return GetFileReply.encodeLine(reply, context);
    case "PutFile":
      return PutFileReply.encodeLine(reply, context);
    case "Shell":
      return ShellReply.encodeLine(reply, context);
  }
};

const isOneLine = (wire: Wire): boolean => /^ID=[^&\n]*&/i.test(wire);

/** The value of CMD, before the content of the reply begins. */
const commandOf = (wire: Wire): string => {
  const head = isOneLine(wire) ? (wire.split("\n", 1)[0] ?? "") : cutContent(wire).head;
  return /(?:^|[&\n])CMD=([^&\r\n]*)/i.exec(head)?.[1]?.trim().toUpperCase() ?? "";
};

/** A line that starts the next reply. */
const NEXT_REPLY = /\nID=[^\n]*/gi;

/** Where the reply that starts here ends: before a line feed, or at the end of the body. */
const endOfReply = (wire: Wire, start: number): number => {
  const feed = wire.indexOf("\n", start);
  const lineEnd = feed < 0 ? wire.length : feed;
  const line = wire.slice(start, lineEnd);
  if (!/^ID=/i.test(line)) return lineEnd;
  const next = nextReply(wire, lineEnd);
  const blockEnd = next === wire.length && wire.endsWith("\n") ? next - 1 : next;
  if (isOneLine(line)) return commandOf(line) === "INFO" ? blockEnd : lineEnd;
  const { head, content } = cutContent(wire.slice(start, next));
  if (content === undefined) return blockEnd;
  const size = Number(/\nReturn=(\d+)/i.exec(head)?.[1] ?? Number.NaN);
  const end = next - content.length + size;
  const exact = /\nCMD=GetFile/i.test(head) && (end === wire.length || wire[end] === "\n");
  return exact ? end : wire.length;
};

const nextReply = (wire: Wire, from: number): number => {
  NEXT_REPLY.lastIndex = from;
  return NEXT_REPLY.exec(wire)?.index ?? wire.length;
};
