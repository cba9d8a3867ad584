import { readFileSync } from "node:fs";
import { bytesOf } from "../src/bytes.js";

/** One row of a file in `vectors/`. */
export interface Vector {
  readonly name: string;
  /** Where the bytes come from. */
  readonly source: string;
  /** The bytes, where all are ASCII. */
  readonly wire?: string;
  readonly hex?: string;
  readonly value: unknown;
  /** What the decoder reports, in order. */
  readonly diagnostics?: readonly string[];
}

export interface RequestVector extends Omit<Vector, "wire" | "hex"> {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body?: string;
  readonly bodyHex?: string;
}

/** Reads a file of vectors; `{"$base64": …}` in a value stands for bytes. */
export const readVectors = <T = Vector>(file: string): readonly T[] =>
  JSON.parse(
    readFileSync(new URL(`vectors/${file}.json`, import.meta.url), "utf8"),
    (_key, value: unknown) =>
      typeof value === "object" && value !== null && "$base64" in value
        ? new Uint8Array(Buffer.from(String(value.$base64), "base64"))
        : value,
  );

export const vectorBytes = (text: string | undefined, hex: string | undefined): Uint8Array =>
  text !== undefined ? bytesOf(text) : new Uint8Array(Buffer.from(hex ?? "", "hex"));
