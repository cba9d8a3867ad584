import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError } from "@org/command";
import { documentFromFiles, type SimulatedDocument } from "@org/sinosecu-ws-client/testing";

/** A page of a passport under three lights is below this many times over. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_FILES = 100;

/** Reads a document to be laid on the simulated reader from its folder. */
export const readDocumentFolder = async (folder: string): Promise<SimulatedDocument> => {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  if (names.length > MAX_FILES) {
    throw new CommandError(
      "TOO_MANY_FILES",
      `expected at most ${MAX_FILES} files in ${folder}, found ${names.length}`,
    );
  }
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (!facts.isFile()) continue;
    if (facts.size > MAX_FILE_BYTES) {
      throw new CommandError(
        "FILE_TOO_LARGE",
        `expected at most ${MAX_FILE_BYTES} bytes, found ${facts.size} in ${path}`,
      );
    }
    files.set(name, new Uint8Array(await readFile(path)));
  }
  return documentFromFiles(files);
};
