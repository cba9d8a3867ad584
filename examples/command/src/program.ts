import { parseArguments } from "./arguments.js";
import type { AnyCommand, ErasedCommand } from "./command.js";
import {
  CommandError,
  type ErrorTable,
  EXIT,
  type ExitCode,
  type ToldError,
  tellError,
} from "./errors.js";
import type { FlagSpecs } from "./flags.js";
import { helpText } from "./help.js";
import { Output } from "./output.js";

const EVERYWHERE = {
  json: { type: "switch", help: "" },
  help: { type: "switch", help: "" },
} as const satisfies FlagSpecs;

/** How long standard output may take to drain once everything is done. */
const DRAIN_MS = 2_000;

export interface ProgramOptions {
  /** Error tables of the packages in use, once one is needed: the side at fault decides the exit status. */
  readonly errors?: () => Promise<readonly ErrorTable[]>;
  readonly makeOutput?: (json: boolean) => Output;
}

/** Runs a command line to its end and leaves the process with the exit status. */
export const program = async (root: AnyCommand, options: ProgramOptions = {}): Promise<void> => {
  const exit = await runProgram(root, process.argv.slice(2), options);
  await drained();
  process.exit(exit);
};

/** Runs a command line and answers with the exit status; never throws. */
export const runProgram = async (
  root: AnyCommand,
  words: readonly string[],
  options: ProgramOptions = {},
): Promise<ExitCode> => {
  const { errors = async () => [], makeOutput = (json) => new Output(json) } = options;
  const output = makeOutput(words.includes("--json"));
  const interruption = new AbortController();
  const interrupt = () =>
    interruption.abort(new CommandError("INTERRUPTED", "ended by a signal", EXIT.interrupted));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    const { path, node, rest } = await find(root, words);
    if (node.kind === "group" || wantsHelp(rest)) {
      if (node.kind === "group" && !wantsHelp(rest))
        throw unknownCommand(path, node.commands, rest);
      output.result({ help: helpText(path, node) }, helpText(path, node));
      return EXIT.yes;
    }
    return await run(node, rest, output, interruption.signal);
  } catch (error) {
    const thrown = interruption.signal.aborted ? interruption.signal.reason : error;
    return tell(tellError(thrown, await errors()), error, output);
  } finally {
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
    output.clearProgress();
  }
};

const run = async (
  node: ErasedCommand,
  words: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const { flags, operands } = parseArguments(
    words,
    { ...node.flags, ...EVERYWHERE },
    node.operands,
  );
  const context = { flags, operands, output, signal } as never;
  return (await node.run(context)) ?? EXIT.yes;
};

/** Walks down the groups as far as words name commands. */
const find = async (root: AnyCommand, words: readonly string[]) => {
  let node = root.kind === "lazy" ? await root.load() : root;
  const path = [root.name];
  let rest = words;
  while (node.kind === "group") {
    const index = rest.findIndex((word) => !word.startsWith("-"));
    const name = index < 0 ? undefined : rest[index];
    const next = node.commands.find((entry) => entry.name === name);
    if (!next) break;
    node = next.kind === "lazy" ? await next.load() : next;
    path.push(next.name);
    rest = rest.filter((_, position) => position !== index);
  }
  return { path, node, rest };
};

const wantsHelp = (words: readonly string[]): boolean => {
  const end = words.indexOf("--");
  return (end < 0 ? words : words.slice(0, end)).includes("--help");
};

const unknownCommand = (
  path: readonly string[],
  commands: readonly AnyCommand[],
  rest: readonly string[],
): CommandError => {
  const found = rest.find((word) => !word.startsWith("-"));
  return new CommandError(
    "USAGE",
    `expected one of ${commands.map(({ name }) => name).join(", ")} after ${path.join(" ")}, found ${
      found === undefined ? "nothing" : JSON.stringify(found)
    }`,
  );
};

const tell = (told: ToldError, error: unknown, output: Output): ExitCode => {
  if (output.json) output.result({ error: { code: told.code, message: told.message } }, "");
  output.note(`error: ${told.code}: ${told.message}`);
  if (process.env["DEBUG"] && error instanceof Error) output.note(error.stack ?? String(error));
  return told.exit;
};

/** Waits until what was written is out, or nobody reads it. */
const drained = async (): Promise<void> => {
  const streams = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0);
  await Promise.race([
    Promise.all(
      streams.map((stream) => new Promise<void>((done) => stream.write("", () => done()))),
    ),
    new Promise<void>((done) => setTimeout(done, DRAIN_MS).unref()),
  ]);
};
