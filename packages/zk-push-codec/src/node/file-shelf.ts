import { createHash, randomBytes } from "node:crypto";
import type { ServedFile, ServerEngineOptions } from "../engine/server/options.js";

/** A file for terminals: firmware, a package of commands, a picture. */
export interface ShelvedFile {
  /** In the address that the terminal is given: nobody guesses it. */
  readonly token: string;
  /** For PutFile and comparison photos: below `/iclock/` of this server. */
  readonly path: string;
  /** Of the file itself, in hexadecimal: what UPGRADE wants. */
  readonly md5: string;
  readonly size: number;
}

/** How a file is offered. */
export interface ShelfTerms {
  /** Last part of the path; a terminal unpacks what ends in `.tgz`. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** For UPGRADE without `type`: served in base64. */
  readonly base64?: boolean;
  /** The only terminal that may have it; PutFile does not say who asks. */
  readonly sn?: string;
}

export interface FileShelf {
  put(content: Uint8Array, terms: ShelfTerms): ShelvedFile;
  /** For `ServerEngineOptions.file`. */
  readonly file: NonNullable<ServerEngineOptions["file"]>;
}

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** Bytes kept at most: whoever fills the shelf must not fill the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Keeps files in memory until their time has come. */
export const createFileShelf = (): FileShelf => {
  const files = new Map<string, ServedFile & ShelfTerms>();
  const tidy = (now: number): void => {
    for (const [token, { expiresAt }] of files) if (expiresAt <= now) files.delete(token);
  };
  return {
    put(content, terms) {
      tidy(Date.now());
      const kept = [...files.values()].reduce((sum, file) => sum + file.content.length, 0);
      if (!NAME.test(terms.name)) throw new TypeError("expected a plain name for a file");
      if (kept + content.length > MOST_BYTES) {
        throw new RangeError(`expected at most ${MOST_BYTES} bytes of files`);
      }
      const token = randomBytes(24).toString("base64url");
      files.set(token, { ...terms, content, base64: terms.base64 ?? false });
      return {
        token,
        path: `file/${token}/${terms.name}`,
        md5: createHash("md5").update(content).digest("hex"),
        size: content.length,
      };
    },
    async file(token, sn, now) {
      const found = files.get(token);
      if (found === undefined || found.expiresAt <= now) return undefined;
      return found.sn === undefined || sn === undefined || found.sn === sn ? found : undefined;
    },
  };
};
