import type { CodecOptions } from "../../context.js";

/** What a terminal makes of a command. */
export type Outcome =
  | {
      readonly code: number;
      readonly count?: number;
      readonly content?: Uint8Array;
      readonly next?: "handshake" | "upload" | "restart";
    }
  /** Something must be fetched from the server first. */
  | { readonly fetch: string; finish(file: Uint8Array | undefined): Outcome };

/** What executing needs beside the data. */
export interface Surroundings {
  readonly codec: CodecOptions;
  random(length: number): Uint8Array;
  readonly md5?: ((bytes: Uint8Array) => string) | undefined;
}

export const PARAMETER = -1;
export const PHOTO_SIZE = -2;
export const NO_FILE = -3;
export const TEMPLATE_SIZE = -9;
export const NO_USER = -10;
export const UNSUPPORTED = -1002;
export const MISMATCH = -1004;
export const NOT_FETCHED = -1008;

export const DONE: Outcome = { code: 0 };
