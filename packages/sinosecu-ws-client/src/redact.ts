import type { Frame } from "./channel.js";
import { isObject, readEnvelope } from "./messages/envelope.js";
import { CLIENT_NOTIFICATIONS, EXCHANGES, SERVICE_NOTIFICATIONS } from "./registry.js";

const KNOWN_WORDS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  [...EXCHANGES, ...CLIENT_NOTIFICATIONS, ...SERVICE_NOTIFICATIONS].flatMap(
    ({ command, operand }) => [command.toLowerCase(), operand.toLowerCase()],
  ),
);

/**
 * One line for a log that says what kind of message it was and holds nothing personal: no parameter,
 * no result, no name of a field, no word that is not the protocol's own.
 */
export const redact = (frame: Frame): string => {
  if (typeof frame !== "string") return `binary, ${frame.length} bytes`;
  try {
    const { type, items } = readEnvelope(frame);
    const words = items.map(({ command, operand, param, succeeded, result }) =>
      [
        known(command),
        known(operand),
        ...(succeeded === undefined ? [] : [succeeded ? "Y" : "N"]),
        ...(param === undefined ? [] : [`param ${size(param)}`]),
        ...(result === undefined ? [] : [`result ${size(result)}`]),
      ].join(" "),
    );
    return `${type} ${words.join(", ")}`;
  } catch {
    return `unreadable text, ${frame.length} characters`;
  }
};

const known = (word: string): string => (KNOWN_WORDS.has(word.toLowerCase()) ? word : "(unknown)");

const size = (value: unknown): string =>
  typeof value === "string"
    ? `of ${value.length} characters`
    : isObject(value)
      ? `of ${Object.keys(value).length} entries`
      : "of one value";
