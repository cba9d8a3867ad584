import { Writable } from "node:stream";
import type { AnyCommand } from "./command.js";
import type { ExitCode } from "./errors.js";
import { Output } from "./output.js";
import { type ProgramOptions, runProgram } from "./program.js";

/** A command line that runs in this process. */
export interface RunningCommand {
  /** What it has written until now. */
  readonly text: { readonly out: string; readonly err: string };
  readonly ended: Promise<ExitCode>;
}

export interface EndedCommand {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Starts a command line in this process, and catches what it writes. */
export const startCommand = (
  command: AnyCommand,
  words: readonly string[],
  errors?: ProgramOptions["errors"],
): RunningCommand => {
  const text = { out: "", err: "" };
  const sink = (name: "out" | "err") =>
    new Writable({
      write(chunk: Buffer, _, done) {
        text[name] += chunk.toString();
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const ended = runProgram(command, words, {
    ...(errors && { errors }),
    makeOutput: (json) => new Output(json, sink("out"), sink("err")),
  });
  return { text, ended };
};

/** Runs a command line in this process to its end. */
export const runCommand = async (
  command: AnyCommand,
  words: readonly string[],
  errors?: ProgramOptions["errors"],
): Promise<EndedCommand> => {
  const { text, ended } = startCommand(command, words, errors);
  return { exit: await ended, ...text };
};
