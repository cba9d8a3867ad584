import type { Channel, ChannelEnd, Clock, Frame } from "./channel.js";
import { closeReasonOf } from "./close-reason.js";
import { DocvalError } from "./errors.js";
import { isFileName } from "./file-name.js";
import { parseJson } from "./json/parse.js";
import { isJsonObject, type JsonObject, type JsonValue } from "./json/value.js";
import { STATUSES } from "./messages/v1/status.js";
import { APDU_TYPE, Apdu } from "./messages/v2/apdu.js";
import { CHECK_RESULTS } from "./messages/v2/ca-handback.js";
import { FILE_TYPE, File } from "./messages/v2/file.js";
import { CLIENT_TEXTS, SERVER_TEXTS } from "./messages/v2/registry.js";

/** One line of a transcript: what passed, and nothing of what it said about anybody. */
export interface TranscriptEntry {
  /** Milliseconds since the transcript began. */
  readonly ms: number;
  readonly by: "client" | "server" | "line";
  readonly frame?: JsonObject;
  readonly close?: JsonObject;
}

export interface TranscriptOptions {
  readonly version: 1 | 2;
  /** Whose end of the line the channel is. */
  readonly us: "client" | "server";
  readonly clock: Clock;
  readonly onEntry: (entry: TranscriptEntry) => void;
}

/**
 * A channel that tells of all that passes over it, redacted: kinds of messages, sizes, headers of
 * commands, status words, close reasons. Names, numbers, keys, files, identifiers of clients and what
 * people wrote are lengths.
 */
export const transcribed = (channel: Channel, options: TranscriptOptions): Channel => {
  const { version, us, clock, onEntry } = options;
  const them = us === "client" ? "server" : "client";
  const began = clock.now();
  const tell = (by: TranscriptEntry["by"], said: Pick<TranscriptEntry, "frame" | "close">) =>
    onEntry({ ms: Math.round(clock.now() - began), by, ...said });
  const sides: Record<ChannelEnd["by"], TranscriptEntry["by"]> = { us, peer: them, lost: "line" };
  channel.closed.then((end) => tell(sides[end.by], { close: redactClose(end) }));
  return {
    closed: channel.closed,
    close: (code, reason) => channel.close(code, reason),
    async send(frame) {
      tell(us, { frame: redactFrame(frame, version, us) });
      return channel.send(frame);
    },
    async receive() {
      const frame = await channel.receive();
      if (frame !== undefined) tell(them, { frame: redactFrame(frame, version, them) });
      return frame;
    },
  };
};

/** What kind of message a frame is, and how large: only words and numbers of the protocol itself. */
export const redactFrame = (frame: Frame, version: 1 | 2, by: "client" | "server"): JsonObject => {
  if (typeof frame === "string") return redactText(frame);
  try {
    if (version === 1) return redactApdu(frame, by);
    if (frame[0] === APDU_TYPE) return redactApdu(Apdu.decode(frame).data, by);
    if (frame[0] === FILE_TYPE) {
      const { name, data } = File.decode(frame);
      return { type: "FILE", name: isFileName(name) ? name : "?", bytes: data.length };
    }
  } catch (error) {
    if (!(error instanceof DocvalError)) throw error;
  }
  return { type: "binary", bytes: frame.length };
};

/** A command by its header, an answer by its status word; both say nothing of the document. */
const redactApdu = (apdu: Uint8Array, by: "client" | "server"): JsonObject =>
  by === "server"
    ? { type: "command", header: hex(apdu.subarray(0, 4)), bytes: apdu.length }
    : { type: "answer", status: hex(apdu.subarray(-2)), bytes: apdu.length };

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Fields whose value is a number, a yes or no, or a word of the protocol. */
const SHOWN: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "type",
  "nfcAdapterSupportsExtendedLength",
  "nfc_adapter_supports_extended_length",
  "enableDiagnostics",
  "enable_diagnostics",
  "max_command_bytes",
  "max_response_bytes",
  "maxTransceiveLengthForSecureMessaging",
  "maxBlockSize",
  "checkResult",
  "sendResult",
  "status",
  "code",
  "reason",
  "close_code",
  "close_reason",
]);

/** Fields that are told by their size alone. */
const SIZED: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "validationId",
  "validation_id",
  "clientId",
  "client_id",
  "platform",
  "access_key",
  "activeAuthenticationChallenge",
  "activeAuthenticationSignature",
  "secureMessagingInfo",
  "message",
  "passport",
  "emrtd_passport",
  "client_validation_id",
]);

const WORDS: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set<string>([
    ...STATUSES,
    ...CHECK_RESULTS,
    ...[...CLIENT_TEXTS, ...SERVER_TEXTS].map(({ name }) => name),
  ]))();

const isWord = (text: string): boolean =>
  WORDS.has(text) || closeReasonOf({ code: 1000, reason: text }) !== undefined;

const redactText = (text: string): JsonObject => {
  try {
    const json = parseJson(text);
    if (isJsonObject(json)) return redactObject(json);
  } catch (error) {
    if (!(error instanceof DocvalError)) throw error;
  }
  return { type: "text", characters: text.length };
};

const redactObject = (json: JsonObject): JsonObject => {
  const shown: Record<string, JsonValue> = {};
  let unknown = 0;
  for (const [key, value] of Object.entries(json)) {
    if (SHOWN.has(key)) shown[key] = typeof value === "object" ? sizeOf(value) : redactValue(value);
    else if (SIZED.has(key)) shown[key] = sizeOf(value);
    else unknown++;
  }
  return unknown === 0 ? shown : { ...shown, unknownFields: unknown };
};

const redactValue = (value: JsonValue): JsonValue =>
  typeof value === "string" && !isWord(value) ? sizeOf(value) : value;

const sizeOf = (value: JsonValue): JsonValue => {
  if (value === null) return null;
  if (typeof value === "string") return `(${value.length} characters)`;
  if (Array.isArray(value)) return `(${value.length} values)`;
  return typeof value === "object" ? `(${Object.keys(value).length} fields)` : `(${typeof value})`;
};

const redactClose = ({ code, reason }: ChannelEnd): JsonObject => ({
  code,
  reason: redactValue(reason),
});
