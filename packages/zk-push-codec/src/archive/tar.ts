import { bytesOf, concatBytes, wireOf } from "../bytes.js";
import { ZkPushError } from "../errors.js";

/** tar (POSIX ustar), regular files only: nothing here is ever written to a disk. */
export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
const REGULAR: ReadonlySet<string> = /* @__PURE__ */ new Set(["0", "\0", "7"]);
const DIRECTORY = "5";

const malformed = (what: string, offset: number): ZkPushError =>
  new ZkPushError("ARCHIVE_MALFORMED", `expected ${what} in a tar stream at offset ${offset}`, {
    offset,
  });

/** A name that stays inside: no root, no drive, no step up. */
const isInside = (name: string): boolean =>
  name !== "" && !/^[/\\]|^[A-Za-z]:|[\0\r\n]/.test(name) && !name.split(/[/\\]/).includes("..");

/**
 * The files of a tar stream.
 *
 * @throws ZkPushError `ARCHIVE_FORBIDDEN` for a link, a device or a name that leads out,
 * `LIMIT_EXCEEDED` past `maxEntries`, `ARCHIVE_MALFORMED` for damage.
 */
export const readTar = (bytes: Uint8Array, maxEntries: number): readonly TarEntry[] => {
  const entries: TarEntry[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    if (offset + BLOCK > bytes.length) throw malformed("a whole header", offset);
    const header = bytes.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (checksumOf(header) !== octal(header, 148, 8)) throw malformed("its checksum", offset);
    const size = octal(header, 124, 12);
    const type = String.fromCharCode(header[156]!);
    const name = [field(header, 345, 155), field(header, 0, 100)].filter(Boolean).join("/");
    const start = offset + BLOCK;
    if (!Number.isSafeInteger(size) || start + size > bytes.length) {
      throw malformed("all bytes of a file", offset);
    }
    if (!isInside(name.replace(/^\.\//, "") || ".") || !(REGULAR.has(type) || type === DIRECTORY)) {
      throw new ZkPushError(
        "ARCHIVE_FORBIDDEN",
        "expected plain files with names that stay inside",
      );
    }
    if (entries.length === maxEntries) {
      throw new ZkPushError("LIMIT_EXCEEDED", `expected at most ${maxEntries} files`);
    }
    if (type !== DIRECTORY) entries.push({ name, content: bytes.subarray(start, start + size) });
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
};

/**
 * Writes files, all readable by everybody and older than anything.
 *
 * @throws ZkPushError `FIELD_INVALID` for a name that leads out or is longer than 100 bytes.
 */
export const writeTar = (entries: readonly TarEntry[]): Uint8Array => {
  const parts = entries.flatMap(({ name, content }) => {
    const written = bytesOf(name);
    if (!isInside(name) || written.length > 100 || /[^\x20-\x7e]/.test(name)) {
      throw new ZkPushError("FIELD_INVALID", "expected a plain name of at most 100 bytes");
    }
    const header = new Uint8Array(BLOCK);
    header.set(written);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, `${content.length.toString(8).padStart(11, "0")}\0`);
    put(header, 136, "00000000000\0");
    put(header, 156, "0");
    put(header, 257, "ustar\x0000");
    put(header, 148, `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
    return [header, content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)];
  });
  return concatBytes(...parts, new Uint8Array(2 * BLOCK));
};

const put = (header: Uint8Array, offset: number, text: string): void => {
  header.set(bytesOf(text), offset);
};

/** Sum of all header bytes with the checksum itself taken as spaces. */
const checksumOf = (header: Uint8Array): number =>
  header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);

const field = (header: Uint8Array, offset: number, length: number): string => {
  const bytes = header.subarray(offset, offset + length);
  const end = bytes.indexOf(0);
  return wireOf(end < 0 ? bytes : bytes.subarray(0, end));
};

const octal = (header: Uint8Array, offset: number, length: number): number => {
  const digits = field(header, offset, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
};
