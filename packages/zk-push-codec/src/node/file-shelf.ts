import { createHash, randomBytes } from "node:crypto";
import type { ServerEngineOptions } from "../engine/server/options.js";
import { ZkPushError } from "../errors.js";
import type { ServerStore } from "../server-store.js";

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
  /** @throws ZkPushError `FIELD_INVALID` for a name that is none, `LIMIT_EXCEEDED` when it is full. */
  put(content: Uint8Array, terms: ShelfTerms, now: number): Promise<ShelvedFile>;
  /** For `ServerEngineOptions.file`. */
  readonly file: NonNullable<ServerEngineOptions["file"]>;
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$/;

/** Keeps files for terminals in the store: any instance serves them. */
export const createFileShelf = (store: Pick<ServerStore, "putFile" | "file">): FileShelf => ({
  async put(content, { name, expiresAt, base64 = false, sn }, now) {
    if (!NAME.test(name)) {
      throw new ZkPushError("FIELD_INVALID", "expected 1 to 64 of A-Z a-z 0-9 _ . - as name");
    }
    const token = randomBytes(24).toString("base64url");
    await store.putFile({ token, name, content, base64, sn: sn ?? null, expiresAt }, now);
    return {
      token,
      path: `file/${token}/${name}`,
      md5: createHash("md5").update(content).digest("hex"),
      size: content.length,
    };
  },
  async file(token, sn, now) {
    const found = await store.file(token);
    if (found === undefined || found.expiresAt <= now) return undefined;
    return found.sn === null || sn === undefined || found.sn === sn ? found : undefined;
  },
});
