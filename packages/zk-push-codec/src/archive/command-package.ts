import { bytesOf, wireOf } from "../bytes.js";
import { CommandLine } from "../command-line.js";
import { type CodecOptions, contextOf } from "../context.js";
import { decodeLines, encodeLines, type RecordLines } from "../lines.js";
import { gzipStored } from "./gzip.js";
import { unpack } from "./packet.js";
import { writeTar } from "./tar.js";

/** Tables that SyncData replaces: 12.5.2. */
export type SyncTable = "USERINFO" | "FINGERTMP" | "FACE";

/** How a package is made. */
export interface PackageOptions extends CodecOptions {
  /** Name of the one file inside. */
  readonly fileName?: string;
  /** A platform's gzip; default: stored, not compressed. */
  readonly gzip?: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Packs commands for PutFile with `Action=SyncData` or `Action=AppendData`: a tar, gzip file with
 * one command a line, as in a poll's answer (12.5.2).
 */
export const packCommands = (
  commands: readonly CommandLine[],
  options: PackageOptions = {},
): Uint8Array => {
  const context = contextOf(options);
  const text = encodeLines({ records: commands }, (line) => CommandLine.encodeLine(line, context));
  const { fileName = "commands.txt", gzip = gzipStored } = options;
  return gzip(writeTar([{ name: fileName, content: bytesOf(text) }]));
};

/** The other direction, the terminal's side: the commands of each file. */
export const unpackCommands = (
  packed: Uint8Array,
  options: CodecOptions = {},
): readonly RecordLines<CommandLine>[] => {
  const context = contextOf(options);
  return unpack(packed).map(({ content }) =>
    decodeLines(wireOf(content), context, (line, at) => CommandLine.decodeLine(line, at)),
  );
};
