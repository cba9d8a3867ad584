import { fromHex, toHex } from "../bytes.js";
import { EmrtdError } from "../errors.js";

/**
 * A recorded conversation with a chip, enough to hold it again without the chip: what the terminal was
 * given, its random bytes, each command and its answer, in order. It opens the document that it was made
 * with: keep it as you keep the document.
 *
 * Written as JSON, one value a line:
 *
 * ```
 * {"tape":"emrtd","version":1,"inputs":{"documentNumber":"…"}}
 * {"random":"781723860c06c226"}
 * {"command":"0084000008","answer":"4608f919887022129000"}
 * {"command":"00b0000004","error":"TRANSPORT_FAILED"}
 * ```
 */
export interface Tape {
  readonly redacted: false;
  /** What the terminal was started with: the password, and whatever else a replay should know. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly events: readonly TapeEvent[];
}

export type TapeEvent =
  | { readonly random: Uint8Array }
  | { readonly command: Uint8Array; readonly answer: Uint8Array }
  /** The transport failed instead of an answer. */
  | { readonly command: Uint8Array; readonly error: string };

/** A tape to show to others: no data, no random bytes, no inputs. It cannot be replayed. */
export interface RedactedTape {
  readonly redacted: true;
  readonly events: readonly RedactedEvent[];
}

export type RedactedEvent =
  | { readonly randomLength: number }
  | {
      /** CLA, INS, P1, P2. */
      readonly header: string;
      readonly commandLength: number;
      readonly answerLength: number;
      readonly statusWord: string;
    }
  | { readonly header: string; readonly commandLength: number; readonly error: string };

const HEADER = { tape: "emrtd", version: 1 } as const;

/** What is read of a tape at most. */
export const TAPE_LIMITS = { characters: 268_435_456, events: 2_000_000 } as const;

export const encodeTape = (tape: Tape | RedactedTape): string => {
  const lines = tape.redacted
    ? [{ ...HEADER, redacted: true }, ...tape.events]
    : [{ ...HEADER, inputs: tape.inputs }, ...tape.events.map(writeEvent)];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
};

const writeEvent = (event: TapeEvent): object =>
  Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? toHex(value) : value,
    ]),
  );

/** @throws EmrtdError `TAPE_INVALID` naming the line. */
export const decodeTape = (text: string): Tape | RedactedTape => {
  if (text.length > TAPE_LIMITS.characters) throw invalid(1, "fewer characters");
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > TAPE_LIMITS.events) throw invalid(lines.length, "fewer events");
  const [first, ...rest] = lines.map((line, i) => parseLine(line, i + 1));
  if (first?.["tape"] !== HEADER.tape || first["version"] !== HEADER.version) {
    throw invalid(1, `the header of a tape of version ${HEADER.version}`);
  }
  return hasFields(first, "tape", "version", "redacted") && first["redacted"] === true
    ? { redacted: true, events: rest.map((line, i) => readRedacted(line, i + 2)) }
    : {
        redacted: false,
        inputs: readInputs(first),
        events: rest.map((line, i) => readEvent(line, i + 2)),
      };
};

type Line = Readonly<Record<string, unknown>>;

const parseLine = (text: string, number: number): Line => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(number, "JSON", cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(number, "an object");
  }
  return value as Line;
};

const hasFields = (line: Line, ...names: readonly string[]): boolean =>
  Object.keys(line).length === names.length && names.every((name) => Object.hasOwn(line, name));

const readInputs = (header: Line): Record<string, string> => {
  const { inputs } = header;
  const isObject = typeof inputs === "object" && inputs !== null && !Array.isArray(inputs);
  if (!hasFields(header, "tape", "version", "inputs") || !isObject) throw invalid(1, "inputs");
  const entries = Object.entries(inputs);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
    throw invalid(1, "inputs that are texts");
  }
  return Object.fromEntries(entries);
};

const readEvent = (line: Line, number: number): TapeEvent => {
  if (hasFields(line, "random")) return { random: readBytes(line["random"], number) };
  if (hasFields(line, "command", "answer")) {
    return {
      command: readBytes(line["command"], number),
      answer: readBytes(line["answer"], number),
    };
  }
  if (hasFields(line, "command", "error")) {
    return { command: readBytes(line["command"], number), error: readText(line["error"], number) };
  }
  throw invalid(number, "random bytes, or a command with its answer or error");
};

const readRedacted = (line: Line, number: number): RedactedEvent => {
  const length = (name: string) => readCount(line[name], number);
  if (hasFields(line, "randomLength")) return { randomLength: length("randomLength") };
  const header = readText(line["header"], number);
  const commandLength = length("commandLength");
  if (hasFields(line, "header", "commandLength", "error")) {
    return { header, commandLength, error: readText(line["error"], number) };
  }
  if (hasFields(line, "header", "commandLength", "answerLength", "statusWord")) {
    const statusWord = readText(line["statusWord"], number);
    return { header, commandLength, answerLength: length("answerLength"), statusWord };
  }
  throw invalid(number, "a redacted event");
};

const readBytes = (value: unknown, number: number): Uint8Array => {
  if (typeof value !== "string" || !/^(?:[0-9a-f]{2})*$/.test(value)) {
    throw invalid(number, "bytes as small hexadecimal digits");
  }
  return fromHex(value);
};

const readText = (value: unknown, number: number): string => {
  if (typeof value !== "string") throw invalid(number, "a text");
  return value;
};

const readCount = (value: unknown, number: number): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw invalid(number, "a length");
  }
  return value;
};

const invalid = (line: number, expected: string, cause?: unknown): EmrtdError =>
  new EmrtdError("TAPE_INVALID", `expected ${expected}, in line ${line} of the tape`, {
    offset: line,
    ...(cause === undefined ? {} : { cause }),
  });
