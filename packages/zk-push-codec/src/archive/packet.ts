import { wireOf } from "../bytes.js";
import { type CodecOptions, contextOf } from "../context.js";
import { ZkPushError } from "../errors.js";
import { decodeLines, type RecordLines } from "../lines.js";
import { decodeNamedRecord, type NamedRecord } from "../records/any.js";
import { gunzip } from "./gzip.js";
import { readTar, type TarEntry } from "./tar.js";

/** What is unpacked at most, whatever a packet says of itself. */
export const PACKET_LIMITS = {
  /** Bytes as received. */
  packed: 10 * 1024 * 1024,
  /** Bytes unpacked. */
  unpacked: 32 * 1024 * 1024,
  /** Unpacked bytes for one packed byte: text and base64 do not reach 30. */
  ratio: 100,
  /** Files. */
  entries: 1_000,
} as const;

/**
 * The files of a `tgz` packet; a gzip stream of bare text, which some terminals send, is one file
 * without a name.
 *
 * @throws ZkPushError `LIMIT_EXCEEDED`, `ARCHIVE_MALFORMED` or `ARCHIVE_FORBIDDEN`.
 */
export const unpack = (packet: Uint8Array): readonly TarEntry[] => {
  if (packet.length > PACKET_LIMITS.packed) {
    throw new ZkPushError(
      "LIMIT_EXCEEDED",
      `expected a packet of at most ${PACKET_LIMITS.packed} bytes, found ${packet.length}`,
    );
  }
  const limit = Math.min(PACKET_LIMITS.unpacked, packet.length * PACKET_LIMITS.ratio);
  const bytes = gunzip(packet, limit);
  return isTar(bytes) ? readTar(bytes, PACKET_LIMITS.entries) : [{ name: "", content: bytes }];
};

/** A whole number of blocks, and the word that every tar since 1988 has in its header. */
const isTar = (bytes: Uint8Array): boolean =>
  bytes.length % 512 === 0 && wireOf(bytes.subarray(257, 262)) === "ustar";

/** The records of an uploaded packet, file by file: Attendance PUSH 3.7, 11.14. */
export const openPacket = (
  packet: Uint8Array,
  options: CodecOptions = {},
): readonly RecordLines<NamedRecord>[] => {
  const context = contextOf(options);
  return unpack(packet).map(({ content }) =>
    decodeLines(wireOf(content), context, decodeNamedRecord),
  );
};
