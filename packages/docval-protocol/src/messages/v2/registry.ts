import { DocvalError } from "../../errors.js";
import type { JsonMessage } from "../../json/json-message.js";
import { parseJson } from "../../json/parse.js";
import { checkStrictly } from "../../json/strict.js";
import { isJsonObject } from "../../json/value.js";
import { Accept } from "./accept.js";
import { APDU_TYPE, Apdu } from "./apdu.js";
import { CaHandback } from "./ca-handback.js";
import { CaHandover } from "./ca-handover.js";
import { Close } from "./close.js";
import { FILE_TYPE, File } from "./file.js";
import { Finish } from "./finish.js";
import { Monitoring } from "./monitoring.js";
import { Result } from "./result.js";
import { Start } from "./start.js";

/** Text messages that a client sends. */
export const CLIENT_TEXTS = [Start, CaHandover, Finish, Monitoring] as const;
/** Text messages that a server sends; real clients give up at any other. */
export const SERVER_TEXTS = [Accept, CaHandback, Result, Close] as const;

export type ClientMessage = Start | CaHandover | Finish | Monitoring | File | Apdu;
export type ServerMessage = Accept | CaHandback | Result | Close | File | Apdu;

export interface DecodeOptions {
  /**
   * Refuses unknown fields and values that are not written canonically. Default false: unknown fields
   * are kept under `unknown`.
   */
  readonly strict?: boolean;
}

/**
 * Reads what a client sent.
 *
 * @throws DocvalError `JSON_MALFORMED`, `MESSAGE_UNKNOWN`, `MESSAGE_INVALID`, `FILE_NAME_INVALID`.
 */
export const decodeClientMessage = (
  frame: string | Uint8Array,
  options: DecodeOptions = {},
): ClientMessage =>
  typeof frame === "string"
    ? (decodeText(CLIENT_TEXTS, frame, options) as ClientMessage)
    : decodeBinary(frame);

/** Reads what a server sent. @throws DocvalError as {@link decodeClientMessage}. */
export const decodeServerMessage = (
  frame: string | Uint8Array,
  options: DecodeOptions = {},
): ServerMessage =>
  typeof frame === "string"
    ? (decodeText(SERVER_TEXTS, frame, options) as ServerMessage)
    : decodeBinary(frame);

const TEXTS: ReadonlyMap<string, JsonMessage<never>> = /* @__PURE__ */ (() =>
  new Map(
    [...CLIENT_TEXTS, ...SERVER_TEXTS].map((codec) => [
      codec.type,
      codec as unknown as JsonMessage<never>,
    ]),
  ))();

/** @throws DocvalError `MESSAGE_UNENCODABLE`. */
export const encodeMessage = (message: ClientMessage | ServerMessage): string | Uint8Array => {
  if (message.type === "FILE") return File.encode(message);
  if (message.type === "APDU") return Apdu.encode(message);
  return TEXTS.get(message.type)!.encode(message as never);
};

/** Which type a text names, whether or not it is a message of it. */
export const textTypeOf = (frame: string | Uint8Array): string | undefined => {
  if (typeof frame !== "string") return undefined;
  try {
    const json = parseJson(frame);
    const type = isJsonObject(json) ? json["type"] : undefined;
    return typeof type === "string" ? type : undefined;
  } catch (error) {
    if (error instanceof DocvalError) return undefined;
    throw error;
  }
};

const decodeText = (
  known: typeof CLIENT_TEXTS | typeof SERVER_TEXTS,
  text: string,
  { strict = false }: DecodeOptions,
): unknown => {
  const json = parseJson(text);
  const type = isJsonObject(json) ? json["type"] : undefined;
  const found = known.find((codec) => codec.type === type);
  if (!found) {
    const names = known.map((codec) => codec.type).join(", ");
    throw new DocvalError("MESSAGE_UNKNOWN", `expected one of ${names}, found another type`);
  }
  const codec = found as unknown as JsonMessage<never>;
  const message = codec.fromJson(json);
  if (strict) checkStrictly(message, json, codec.toJson(message));
  return message;
};

const decodeBinary = (frame: Uint8Array): File | Apdu => {
  switch (frame[0]) {
    case FILE_TYPE:
      return File.decode(frame);
    case APDU_TYPE:
      return Apdu.decode(frame);
    default:
      throw new DocvalError("MESSAGE_UNKNOWN", "expected 01 or 02 as type of a binary message");
  }
};
