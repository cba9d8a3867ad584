import { SinosecuError } from "../errors.js";
import { LIMITS } from "../limits.js";

/**
 * What every message has (manual, 4.1.2): a JSON object of
 *
 * | key | of | meaning |
 * |---|---|---|
 * | Type | all | `Request`, `Reply`, `Notify` |
 * | Commands | batches | several commands in one message (5.6) |
 * | Command | all | `Get`, `Set`, `Trigger`, `Save`, ... |
 * | Operand | all | what the command is about |
 * | Param | requests, notifications | its argument |
 * | Succeeded | replies | `Y` or `N` |
 * | Result | replies | the answer, or why there is none |
 *
 * Written as the manual spells it; read in any case of letters, because services, pages and the
 * manual itself differ (`Reconnect`, `ReConnect`).
 */
export const MESSAGE_TYPES = ["Request", "Reply", "Notify"] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** One command of a message, read but not yet understood. */
export interface Item {
  readonly command: string;
  readonly operand: string;
  readonly param?: unknown;
  /** Undefined where the key is missing or holds neither `Y` nor `N`. */
  readonly succeeded?: boolean;
  readonly result?: unknown;
  /** Keys that the manual does not have. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A message, read but not yet understood. */
export interface Envelope {
  readonly type: MessageType;
  readonly batch: boolean;
  readonly items: readonly Item[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

const invalid = (expected: string, path: string): SinosecuError =>
  new SinosecuError("MESSAGE_INVALID", `expected ${expected} at ${path}`, { path });

/**
 * Reads the text of any message. A byte order mark, and zero bytes at the end as C programs leave
 * them, are no part of it.
 *
 * @throws SinosecuError `JSON_INVALID`, `MESSAGE_INVALID`, `TYPE_HOMOGLYPH`
 */
export const readEnvelope = (text: string): Envelope => {
  const object = parseObject(text);
  const { type, commands, extra, ...item } = split(object);
  const messageType = readType(type, object);
  if (commands === undefined) {
    return {
      type: messageType,
      batch: false,
      items: [{ ...readItem(item, "the message"), ...withExtra(extra) }],
    };
  }
  if (!Array.isArray(commands)) throw invalid("an array", "Commands");
  if (commands.length > LIMITS.commands) {
    throw invalid(`at most ${LIMITS.commands} commands`, "Commands");
  }
  return {
    type: messageType,
    batch: true,
    items: commands.map((entry, index) => {
      const path = `Commands[${index}]`;
      if (!isObject(entry)) throw invalid("an object", path);
      const { type: _, commands: nested, extra: more, ...inner } = split(entry);
      if (nested !== undefined) throw invalid("no Commands inside Commands", path);
      return { ...readItem(inner, path), ...withExtra(more) };
    }),
    ...withExtra(extra),
  };
};

const parseObject = (text: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(trimEnds(text));
  } catch (cause) {
    // The engine's own words quote the input, which may be a person's name: they are not passed on.
    const at = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
    throw new SinosecuError(
      "JSON_INVALID",
      `expected a JSON object of ${text.length} characters${at ? `, found a fault at ${at}` : ""}`,
    );
  }
  if (!isObject(value)) throw invalid("a JSON object", "the message");
  return value;
};

const trimEnds = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return start === 0 && end === text.length ? text : text.slice(start, end);
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const KEYS = ["type", "commands", "command", "operand", "param", "succeeded", "result"] as const;
type Key = (typeof KEYS)[number];
type Split = { [key in Key]?: unknown } & { extra: [string, unknown][] };

/** The documented spelling of a key wins over any other; what is left over is kept. */
const split = (object: Record<string, unknown>): Split => {
  const found: Split = { extra: [] };
  for (const key of KEYS) {
    const documented = key[0]!.toUpperCase() + key.slice(1);
    if (Object.hasOwn(object, documented)) found[key] = object[documented];
  }
  for (const [name, value] of Object.entries(object)) {
    const key = KEYS.find((candidate) => candidate === name.toLowerCase());
    if (key === undefined || (key in found && name !== key[0]!.toUpperCase() + key.slice(1))) {
      found.extra.push([name, value]);
    } else {
      found[key] = value;
    }
  }
  return found;
};

const withExtra = (extra: [string, unknown][]): { extra?: Readonly<Record<string, unknown>> } =>
  extra.length === 0 ? {} : { extra: Object.fromEntries(extra) };

/** The four letters of Type have twins in another script, and a text of the manual uses them. */
const TWINS = /^[T\u0422][y\u0443][p\u0440][e\u0435]$/;

const readType = (type: unknown, object: Record<string, unknown>): MessageType => {
  if (type === undefined && Object.keys(object).some((key) => TWINS.test(key))) {
    throw new SinosecuError(
      "TYPE_HOMOGLYPH",
      "expected the key Type in Latin letters, found letters that only look like them",
      { path: "Type" },
    );
  }
  const known =
    typeof type === "string" &&
    MESSAGE_TYPES.find((name) => name.toLowerCase() === type.toLowerCase());
  if (!known) throw invalid(`one of ${MESSAGE_TYPES.join(", ")}`, "Type");
  return known;
};

const readItem = (item: Omit<Split, "type" | "commands" | "extra">, path: string): Item => {
  if (typeof item.command !== "string") throw invalid("a text", `Command of ${path}`);
  if (item.operand !== undefined && typeof item.operand !== "string") {
    throw invalid("a text", `Operand of ${path}`);
  }
  const succeeded = readSucceeded(item.succeeded);
  return {
    command: item.command,
    operand: item.operand ?? "",
    ...("param" in item ? { param: item.param } : {}),
    ...(succeeded === undefined ? {} : { succeeded }),
    ...("result" in item ? { result: item.result } : {}),
  };
};

const readSucceeded = (value: unknown): boolean | undefined => {
  if (typeof value !== "string") return undefined;
  const letter = value.toUpperCase();
  return letter === "Y" ? true : letter === "N" ? false : undefined;
};

/** Writes one command in the order of the manual's tables. */
export const writeItem = (item: Item): Record<string, unknown> => ({
  Command: item.command,
  Operand: item.operand,
  ...(item.succeeded === undefined ? {} : { Succeeded: item.succeeded ? "Y" : "N" }),
  ...(item.param === undefined ? {} : { Param: item.param }),
  ...(item.result === undefined ? {} : { Result: item.result }),
});

/** Writes a message of one command. */
export const writeMessage = (type: MessageType, item: Item): string =>
  JSON.stringify({ Type: type, ...writeItem(item) });

/** Writes a message of several commands (5.6). */
export const writeBatch = (type: "Request" | "Reply", items: readonly Item[]): string =>
  JSON.stringify({ Type: type, Commands: items.map(writeItem) });

/** Whether two words are the same but for the case of their letters. */
export const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
