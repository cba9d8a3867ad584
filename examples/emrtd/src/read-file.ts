import { readFile, stat } from "node:fs/promises";
import { CommandError } from "@org/command";

/** No file of a chip comes near it; a dump that is larger is something else. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
/** Lists of what is trusted, and of what is not, may have hundreds of thousands of entries. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/** Reads a file whole, unless it is larger than anything that is expected here. */
export const readSmallFile = async (
  path: string,
  limit: number = MAX_FILE_BYTES,
): Promise<Uint8Array> => {
  const { size } = await stat(path);
  if (size > limit) {
    throw new CommandError(
      "FILE_TOO_LARGE",
      `expected at most ${limit} bytes, found ${size} in ${path}`,
    );
  }
  return new Uint8Array(await readFile(path));
};

/** Reads a list: of authorities, of revoked certificates, of deviations. */
export const readListFile = (path: string): Promise<Uint8Array> =>
  readSmallFile(path, MAX_LIST_BYTES);
