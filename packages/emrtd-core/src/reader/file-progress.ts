import type { FileEntry, FileName } from "../lds/files.js";

/** How far a file has been read; survives the end of a session. */
export interface FileProgress {
  readonly name: FileName;
  /** Whether its first bytes say how long it is. */
  readonly hasHeader: boolean;
  /** Bytes of the whole file, as soon as they are known. */
  length: number | undefined;
  readonly read: number;
  /** What was asked for last. */
  wanted: number;
  append(content: Uint8Array): void;
  bytes(): Uint8Array;
}

/** @param begun what an earlier reading got of the file. */
export const createFileProgress = (
  { name, tag }: FileEntry,
  begun: Uint8Array = new Uint8Array(0),
): FileProgress => {
  let buffer = new Uint8Array(Math.max(256, begun.length));
  buffer.set(begun);
  let read = begun.length;
  return {
    name,
    hasHeader: tag !== undefined,
    length: undefined,
    wanted: 0,
    get read() {
      return read;
    },
    append(content) {
      if (read + content.length > buffer.length) {
        const larger = new Uint8Array(Math.max(2 * buffer.length, read + content.length));
        larger.set(buffer.subarray(0, read));
        buffer = larger;
      }
      buffer.set(content, read);
      read += content.length;
    },
    bytes: () => buffer.slice(0, read),
  };
};
