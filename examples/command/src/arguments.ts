import { parseArgs } from "node:util";
import { CommandError } from "./errors.js";
import type { FlagSpec, FlagSpecs, NumberFlag, OperandSpecs, TextFlag } from "./flags.js";

const wrong = (message: string): CommandError => new CommandError("USAGE", message);

type Value = string | number | boolean | readonly string[] | undefined;

/** Reads the words of a command line by what the command says of itself. */
export const parseArguments = (
  words: readonly string[],
  flags: FlagSpecs,
  operands: OperandSpecs,
): { flags: Record<string, Value>; operands: Record<string, Value> } => {
  const { values, positionals } = split(words, flags);
  const parsed: Record<string, Value> = {};
  for (const [name, spec] of Object.entries(flags)) {
    parsed[name] = flagValue(name, spec, values[name]);
  }
  return { flags: parsed, operands: assignOperands(positionals, operands) };
};

const split = (words: readonly string[], flags: FlagSpecs) => {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, spec]) => [
      name,
      { type: spec.type === "switch" ? ("boolean" as const) : ("string" as const), multiple: true },
    ]),
  );
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: true }) as {
      values: Record<string, (string | boolean)[] | undefined>;
      positionals: string[];
    };
  } catch (error) {
    throw explain(error, flags);
  }
};

/** Node's own words for a wrong flag are long; ours name the flag and what exists. */
const explain = (error: unknown, flags: FlagSpecs): unknown => {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const flag = /'(-[^\s'=]*)/.exec(error.message)?.[1] ?? "a flag";
  switch (error.code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return wrong(`expected one of ${list(Object.keys(flags))}, found ${flag}`);
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      return wrong(
        /does not take an argument/.test(error.message)
          ? `expected no value for ${flag}, found one`
          : `expected a value for ${/'[^']*?(--[\w-]+)/.exec(error.message)?.[1] ?? flag}, found none`,
      );
    default:
      return error;
  }
};

const list = (names: readonly string[]): string => names.map((name) => `--${name}`).join(", ");

const flagValue = (
  name: string,
  spec: FlagSpec,
  found: (string | boolean)[] | undefined,
): Value => {
  if (spec.type === "switch") return found !== undefined;
  const words = (found ?? []) as string[];
  if (spec.type === "text" && spec.many) {
    for (const word of words) checkChoice(`--${name}`, word, spec.choices);
    if (spec.required && words.length === 0) throw missing(name, spec);
    return words;
  }
  if (words.length > 1) throw wrong(`expected --${name} once, found it ${words.length} times`);
  const word = words[0];
  if (word === undefined) {
    if (spec.required) throw missing(name, spec);
    return spec.default;
  }
  if (spec.type === "number") return numberValue(name, spec, word);
  checkChoice(`--${name}`, word, spec.choices);
  return word;
};

const missing = (name: string, spec: TextFlag | NumberFlag): CommandError =>
  wrong(`expected --${name} ${spec.value}, found none`);

const numberValue = (name: string, spec: NumberFlag, word: string): number => {
  const value = Number(word);
  const min = spec.min ?? 0;
  const max = spec.max ?? Number.MAX_SAFE_INTEGER;
  const pattern = spec.fraction ? /^\d+(\.\d+)?$/ : /^\d+$/;
  if (!pattern.test(word) || value < min || value > max) {
    const kind = spec.fraction ? "a number" : "a whole number";
    throw wrong(
      `expected ${kind} from ${min} to ${max} for --${name}, found ${JSON.stringify(word)}`,
    );
  }
  return value;
};

const checkChoice = (where: string, word: string, choices: readonly string[] | undefined): void => {
  if (choices && !choices.includes(word)) {
    throw wrong(
      `expected one of ${choices.join(", ")} for ${where}, found ${JSON.stringify(word)}`,
    );
  }
};

const assignOperands = (words: readonly string[], specs: OperandSpecs): Record<string, Value> => {
  const rest = [...words];
  const values: Record<string, Value> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const where = name.toUpperCase();
    const taken = spec.many ? rest.splice(0) : rest.splice(0, 1);
    if (taken.length === 0 && !spec.optional) throw wrong(`expected ${where}, found none`);
    for (const word of taken) checkChoice(where, word, spec.choices);
    values[name] = spec.many ? taken : taken[0];
  }
  if (rest.length > 0) throw wrong(`expected no more words, found ${JSON.stringify(rest[0])}`);
  return values;
};
