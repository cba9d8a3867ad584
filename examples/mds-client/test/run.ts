import { PassThrough } from "node:stream";
import { type AnyCommand, Output, runProgram } from "@org/command";
import { errorTables, mdsClient } from "../src/mds-client.js";

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
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
  const text = { out: "", err: "" };
  const sink = (name: "out" | "err") => {
    const stream = new PassThrough();
    stream.on("data", (chunk: Buffer) => {
      text[name] += chunk.toString();
    });
    return stream as unknown as NodeJS.WriteStream;
  };
  const exit = await runProgram(command, words, {
    errors: errorTables,
    makeOutput: (json) => new Output(json, sink("out"), sink("err")),
  });
  return { exit, ...text, document: () => JSON.parse(text.out) };
};

export const client = (...words: string[]): Promise<Ran> => run(mdsClient, ...words);
