import { PassThrough } from "node:stream";
import { Output, runProgram } from "@org/command";
import { EMRTD_OPTIONS, emrtd as root } from "../src/emrtd.js";

export interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, and catches what it writes. */
export const emrtd = async (...words: readonly string[]): Promise<Run> => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const exit = await runProgram(root, words, {
    ...EMRTD_OPTIONS,
    makeOutput: (json) =>
      new Output(json, out as unknown as NodeJS.WriteStream, err as unknown as NodeJS.WriteStream),
  });
  return { exit, out: String(out.read() ?? ""), err: String(err.read() ?? "") };
};

/** Runs it with `--json`, whose answer is one document on standard output. */
export const emrtdJson = async (...words: readonly string[]) => {
  const run = await emrtd(...words, "--json");
  if (run.out.trimEnd().includes("\n")) throw new Error(`expected one line, found ${run.out}`);
  return { ...run, document: JSON.parse(run.out) };
};
