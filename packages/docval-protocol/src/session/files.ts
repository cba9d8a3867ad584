import { equalBytes } from "../bytes.js";
import { type DocvalFileName, isFileName } from "../file-name.js";
import { LIMITS } from "../limits.js";
import type { File } from "../messages/v2/file.js";

/** The files of one session. */
export interface FileBox {
  readonly files: ReadonlyMap<DocvalFileName, Uint8Array>;
  /** `refused`: too many, too large, of an unknown name, or other bytes under a name that is taken. */
  take(file: Pick<File, "name" | "data">): "taken" | "refused";
}

/**
 * Gathers files. The first bytes under a name stand: sent again they change nothing, and other bytes
 * under that name are refused, since what was used for a proof must be what is judged.
 */
export const createFileBox = (): FileBox => {
  const files = new Map<DocvalFileName, Uint8Array>();
  let count = 0;
  let total = 0;
  return {
    files,
    take({ name, data }) {
      count++;
      if (count > LIMITS.files || !isFileName(name)) return "refused";
      const known = files.get(name);
      if (known) return equalBytes(known, data) ? "taken" : "refused";
      total += data.length;
      if (total > LIMITS.filesTotal) return "refused";
      files.set(name, data);
      return "taken";
    },
  };
};
