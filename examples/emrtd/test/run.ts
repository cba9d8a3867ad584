import { type EndedCommand, runCommand } from "@org/command/testing";
import { EMRTD_OPTIONS, emrtd as root } from "../src/emrtd.js";

/** Runs the command line in this process, and catches what it writes. */
export const emrtd = (...words: readonly string[]): Promise<EndedCommand> =>
  runCommand(root, words, EMRTD_OPTIONS.errors);

/** Runs it with `--json`, whose answer is one document on standard output. */
export const emrtdJson = async (...words: readonly string[]) => {
  const run = await emrtd(...words, "--json");
  if (run.out.trimEnd().includes("\n")) throw new Error(`expected one line, found ${run.out}`);
  return { ...run, document: JSON.parse(run.out) };
};
