import type { AnyCommand } from "@org/command";
import { type EndedCommand, runCommand } from "@org/command/testing";
import { errorTables, mdsClient } from "../src/mds-client.js";

export interface Ran extends EndedCommand {
  /** The one JSON document that was written. */
  readonly document: () => Document;
}

/** What the documents of the commands have, as far as tests look. */
export interface Document {
  readonly spec: string;
  readonly port: number | null;
  readonly answer: unknown;
  readonly report: { readonly verdict: string; readonly checks: readonly object[] } | null;
  readonly files: readonly string[];
}

/** Runs a command line in this process. */
export const run = async (command: AnyCommand, ...words: string[]): Promise<Ran> => {
  const ran = await runCommand(command, words, errorTables);
  return { ...ran, document: () => JSON.parse(ran.out) };
};

export const client = (...words: string[]): Promise<Ran> => run(mdsClient, ...words);
