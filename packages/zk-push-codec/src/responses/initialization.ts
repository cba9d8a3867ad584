import { bytesOf, type Wire, wireOf } from "../bytes.js";
import { type CodecOptions, contextOf } from "../context.js";
import { ZkPushError } from "../errors.js";
import { optional, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { type Codec, keysOf } from "../keyed-message.js";
import { integer, invalid, type Kind, text } from "../kind.js";
import { multiBio } from "../multi-bio.js";
import { checkField } from "../safe.js";
import { LINES } from "../style.js";
import { timeZone } from "../time-zone.js";
import { transFlag } from "../trans-flag.js";

/** Lines are copied into buffers of 2,048 bytes, some values into smaller ones. */
const LONGEST_LINE = 2_047;

/** A text that a terminal copies into a small buffer. */
const limited = /* @__NO_SIDE_EFFECTS__ */ (kind: Kind<string>, longest: number): Kind<string> => ({
  ...kind,
  encode(value, context, path) {
    const wire = kind.encode(value, context, path);
    if (wire.length > longest) throw invalid(path, `at most ${longest} bytes`);
    return wire;
  },
});

/** `00:00;14:05`, up to ten times of the day; terminals copy 128 bytes. */
const transTimes: Kind<readonly string[]> = {
  name: "transTimes",
  decode(raw, context, key) {
    const times = raw.split(";").map((time) => time.replace(/ /g, ""));
    if (times.every((time) => /^\d{1,2}:\d{2}$/.test(time))) return times;
    if (raw.trim() !== "") context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(times, _context, path) {
    if (times.length > 10 || !times.every((time) => /^([01]?\d|2[0-3]):[0-5]\d$/.test(time))) {
      throw invalid(path, "up to ten times hh:mm");
    }
    return times.join(";");
  },
};

/** Keys separated by commas. */
const optionNames: Kind<readonly string[]> = {
  name: "optionNames",
  decode: (raw) => raw.split(",").filter((name) => name !== ""),
  encode(names, _context, path) {
    if (!names.every((name) => /^~?[A-Za-z0-9_]+$/.test(name))) throw invalid(path, "option names");
    return names.join(",");
  },
};

/**
 * Options of the server. A stamp is digits, or `None` for none; 0 makes the terminal upload
 * everything again when it is told to CHECK (12.3.1).
 */
export const SERVER_OPTION_FIELDS = {
  attLogStamp: optional("ATTLOGStamp", text),
  operLogStamp: optional("OPERLOGStamp", text),
  attPhotoStamp: optional("ATTPHOTOStamp", text),
  bioDataStamp: optional("BIODATAStamp", text),
  idCardStamp: optional("IDCARDStamp", text),
  errorLogStamp: optional("ERRORLOGStamp", text),
  /** The three stamps of terminals before `ServerVer`. */
  stamp: optional("Stamp", text),
  opStamp: optional("OpStamp", text),
  photoStamp: optional("PhotoStamp", text),
  /** Seconds before another try after a failure. */
  errorDelay: optional("ErrorDelay", integer),
  /** Seconds between polls for commands. */
  delay: optional("Delay", integer),
  /** Times of the day for uploads, when not in real time. */
  transTimes: optional("TransTimes", transTimes),
  /** Minutes between uploads, when not in real time; 0 for never. */
  transInterval: optional("TransInterval", integer),
  transFlag: optional("TransFlag", transFlag),
  /** Offset of the terminal's clock from UTC in minutes. */
  timeZone: optional("TimeZone", timeZone),
  /** 1: upload each record at once; times and interval then do not count. */
  realtime: optional("Realtime", integer),
  /** `0`, `1` or `None`. */
  encrypt: optional("Encrypt", text),
  encryptFlag: optional("EncryptFlag", text),
  /** Without it terminals use the old stamps and paths. */
  serverVersion: optional("ServerVer", limited(text, 63)),
  /** See `negotiateVersion`. */
  pushProtocolVersion: optional("PushProtVer", text),
  /** 1: the terminal is to push {@link pushOptions}. */
  pushOptionsFlag: optional("PushOptionsFlag", integer),
  pushOptions: optional("PushOptions", optionNames),
  attPhotoBase64: optional("ATTPHOTOBase64", integer),
  multiBioDataSupport: optional("MultiBioDataSupport", multiBio),
  multiBioPhotoSupport: optional("MultiBioPhotoSupport", multiBio),
} as const;

const OPTIONS = /* @__PURE__ */ keyValues(LINES, SERVER_OPTION_FIELDS);

/** The answer to a handshake. */
export type InitializationReply = { readonly sn: string } & ValuesOf<
  typeof SERVER_OPTION_FIELDS
> & {
    /** The last line has no line feed: the terminal throws it away. */
    readonly unterminated?: true;
    /** The first line, where it is not written as the document has it. */
    readonly head?: Wire;
  };

/** Options that would hand the terminal to another server. */
const REDIRECT = /^\s*~?ICLOCKSVRURL\s*$/i;

const HEAD_WORDS = "GET OPTION FROM: ";
const HEAD = /^GET OPTIONS? FROM: *([^\0\t\r\n]*)$/i;

/**
 * The options that a server gives a terminal.
 *
 * Attendance PUSH 3.7, chapter 5. The document shows no line feed after the last line; terminals
 * drop a line without one, so it is always written.
 *
 *     GET OPTION FROM: SN LF key=value LF key=value LF
 */
export const InitializationReply: Codec<InitializationReply> = {
  name: "initialization reply",
  section: "5",
  since: "2.2.14",
  schema: keysOf("GET OPTION FROM", SERVER_OPTION_FIELDS),
  decode(bytes, options: CodecOptions = {}) {
    const context = contextOf(options);
    const body = wireOf(bytes);
    const end = body.indexOf("\n");
    const first = body.slice(0, end < 0 ? body.length : end);
    const sn = HEAD.exec(first.replace(/\r$/, ""))?.[1]?.trim();
    if (sn === undefined || end < 0) {
      throw new ZkPushError("RESPONSE_MALFORMED", "expected GET OPTION FROM in the first line");
    }
    const terminated = body.endsWith("\n");
    if (!terminated) context.report({ code: "LINE_UNTERMINATED" });
    const lines = body.slice(end + 1, terminated && end + 1 < body.length ? -1 : undefined);
    const values = OPTIONS.decode(lines, context, "initialization reply");
    const ending = terminated ? {} : ({ unterminated: true } as const);
    const head = first === `${HEAD_WORDS}${sn}` ? {} : { head: first };
    return { sn, ...values, ...ending, ...head };
  },
  encode(reply, options: CodecOptions = {}) {
    const { sn, unterminated, head, ...values } = reply;
    for (const { key } of values.extra ?? []) {
      if (REDIRECT.test(key)) {
        throw new ZkPushError("FIELD_FORBIDDEN", "expected no option that redirects the terminal");
      }
    }
    const lines = OPTIONS.encode(values, contextOf(options), "initialization reply");
    const kept = head !== undefined && HEAD.exec(head.replace(/\r$/, ""))?.[1]?.trim() === sn;
    const first = kept ? head : `${HEAD_WORDS}${checkField(sn, "SN")}`;
    const wire = lines === "" ? first : `${first}\n${lines}`;
    const longest = Math.max(...wire.split("\n").map((line) => line.length));
    if (longest > LONGEST_LINE) {
      throw new ZkPushError(
        "LINE_TOO_LONG",
        `expected lines of at most ${LONGEST_LINE} bytes, found ${longest}`,
      );
    }
    return bytesOf(unterminated === true ? wire : `${wire}\n`);
  },
};
