import type { CloseInfo, Frame } from "../channel.js";
import { TRANSPORT_ERRORS, TransportError, type TransportErrorCode } from "../errors.js";
import { fromHex, toHex } from "../hex.js";

/**
 * A tape: what went over a transport, as JSON lines. The first line says what it is,
 * `{"tape":"apdu","version":1}`, with what the recorder wants to keep beside it under `context`.
 * Each other line is one {@link TapeEntry}. Bytes are hexadecimal; blanked bytes are `**`.
 */
export interface Tape {
  readonly kind: TapeKind;
  readonly context: Readonly<Record<string, unknown>>;
  readonly entries: readonly TapeEntry[];
  /** Whether anything was blanked: then it can be shown and not replayed. */
  readonly redacted: boolean;
}

export type TapeKind = "apdu" | "channel";

/** One line. Bytes stand as hexadecimal text, so that blanked ones have a place too. */
export type TapeEntry =
  | { readonly command: string; readonly response: string }
  | { readonly command: string; readonly error: TransportErrorCode }
  | { readonly sent: TapeFrame }
  | { readonly received: TapeFrame }
  | { readonly closed: CloseInfo };

/** A frame on a tape. */
export type TapeFrame =
  | { readonly text: string; readonly redacted?: true }
  | { readonly hex: string };

/** What a tape may hold at most. */
export const TAPE_LIMITS = { entries: 1_000_000 } as const;

const invalid = (line: number, expected: string): TransportError =>
  new TransportError("TAPE_INVALID", `expected ${expected} in line ${line + 1}`);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a tape whole.
 *
 * @throws TransportError `TAPE_INVALID` naming the line.
 */
export const parseTape = (text: string): Tape => {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length - 1 > TAPE_LIMITS.entries) {
    throw new TransportError("TAPE_INVALID", `expected at most ${TAPE_LIMITS.entries} entries`, {
      limit: TAPE_LIMITS.entries,
    });
  }
  const header = parseFields(lines[0] ?? "", 0);
  const kind = header["tape"];
  if ((kind !== "apdu" && kind !== "channel") || header["version"] !== 1) {
    throw invalid(0, "a tape of kind apdu or channel, version 1");
  }
  const context = header["context"] ?? {};
  if (typeof context !== "object" || Array.isArray(context))
    throw invalid(0, "context as an object");
  const entries = lines
    .slice(1)
    .map((line, i) => parseEntry(kind, parseFields(line, i + 1), i + 1));
  return { kind, context: context as Fields, entries, redacted: entries.some(isRedacted) };
};

/** Writes one line, the line feed included. */
export const formatTapeLine = (line: object): string => `${JSON.stringify(line)}\n`;

const parseFields = (line: string, at: number): Fields => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Fields;
  } catch {
    // The error below says the same, with the line.
  }
  throw invalid(at, "a JSON object");
};

const parseEntry = (kind: TapeKind, fields: Fields, at: number): TapeEntry => {
  const names = Object.keys(fields).join();
  if (kind === "apdu" && names === "command,response") {
    return {
      command: parseHex(fields["command"], at),
      response: parseHex(fields["response"], at),
    };
  }
  if (kind === "apdu" && names === "command,error") {
    const error = fields["error"];
    if (typeof error !== "string" || !Object.hasOwn(TRANSPORT_ERRORS, error)) {
      throw invalid(at, "a known error code");
    }
    return { command: parseHex(fields["command"], at), error: error as TransportErrorCode };
  }
  if (kind === "channel" && names === "sent") return { sent: parseFrame(fields["sent"], at) };
  if (kind === "channel" && names === "received") {
    return { received: parseFrame(fields["received"], at) };
  }
  if (kind === "channel" && names === "closed") return { closed: parseClose(fields["closed"], at) };
  throw invalid(at, kind === "apdu" ? "command and response or error" : "sent, received or closed");
};

const parseHex = (value: unknown, at: number): string => {
  if (typeof value === "string" && /^(?:[0-9a-f]{2}|\*\*)*$/i.test(value)) return value;
  throw invalid(at, "pairs of hexadecimal digits or of asterisks");
};

const parseFrame = (value: unknown, at: number): TapeFrame => {
  const frame = (value ?? {}) as Fields;
  const { text, hex } = frame as { text?: unknown; hex?: unknown };
  const names = Object.keys(frame).join();
  if (names === "hex") return { hex: parseHex(hex, at) };
  if (typeof text === "string" && names === "text") return { text };
  if (typeof text === "string" && names === "text,redacted" && frame["redacted"] === true) {
    return { text, redacted: true };
  }
  throw invalid(at, "a frame of text or of hex");
};

const parseClose = (value: unknown, at: number): CloseInfo => {
  const { by, code, reason } = (value ?? {}) as Fields;
  if (
    (by === "us" || by === "peer" || by === "lost") &&
    typeof code === "number" &&
    typeof reason === "string"
  ) {
    return { by, code, reason };
  }
  throw invalid(at, "by, code and reason of a close");
};

const isRedacted = (entry: TapeEntry): boolean => {
  if ("command" in entry) {
    return entry.command.includes("*") || ("response" in entry && entry.response.includes("*"));
  }
  const frame = "sent" in entry ? entry.sent : "received" in entry ? entry.received : undefined;
  if (!frame) return false;
  return "hex" in frame ? frame.hex.includes("*") : frame.redacted === true;
};

/** Part of a message that must not reach a tape: byte or character offsets, the end not included. */
export type SecretRange = readonly [start: number, end: number];

/** Bytes as on a tape, those in the ranges blanked. */
export const blankedHex = (bytes: Uint8Array, secrets: readonly SecretRange[]): string => {
  const pairs = toHex(bytes).match(/../g) ?? [];
  return pairs.map((pair, i) => (inAny(i, secrets) ? "**" : pair)).join("");
};

/** A frame as on a tape, what is in the ranges blanked. */
export const tapeFrame = (frame: Frame, secrets: readonly SecretRange[]): TapeFrame => {
  if (typeof frame !== "string") return { hex: blankedHex(frame, secrets) };
  if (secrets.length === 0) return { text: frame };
  const text = frame
    .split("")
    .map((unit, i) => (inAny(i, secrets) ? "*" : unit))
    .join("");
  return { text, redacted: true };
};

const inAny = (offset: number, ranges: readonly SecretRange[]): boolean =>
  ranges.some(([start, end]) => offset >= start && offset < end);

/** The frame that was carried; the tape must hold it unblanked. */
export const frameOf = (frame: TapeFrame): Frame =>
  "text" in frame ? frame.text : fromHex(frame.hex)!;
