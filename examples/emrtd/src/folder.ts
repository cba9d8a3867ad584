import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, writeWholeFile } from "@org/command";
import { type ChipFiles, type FileName, identifyFile } from "@org/emrtd-core";
import { readSmallFile } from "./read-file.js";

const MAX_FILES = 1_000;

/** What a folder holds of a chip. */
export interface ChipFolder {
  readonly files: ChipFiles;
  /** PKCS#8 private keys that lie beside the files, by the name of the file that holds the public one. */
  readonly keys: { readonly [name in "DG14" | "DG15"]?: Uint8Array };
  /** Certificate of the authority whose terminals the chip knows. */
  readonly terminalAuthority?: Uint8Array;
  /** Names of files that are none of a chip. */
  readonly ignored: readonly string[];
}

const AUTHORITY_FILE = "CVCA.cvcert";
const KEY_FILE = /^(?:ef[._-]?)?(?:dg|datagroup)(14|15)_sk\.(?:pkcs8|p8|der)$/i;

/**
 * Reads the files of a chip from a folder, whatever they are called.
 *
 * @throws CommandError `NO_CHIP_FILES` where there are none, `DUPLICATE_FILE` where two are the same one.
 */
export const readChipFolder = async (folder: string): Promise<ChipFolder> => {
  const files: { [name in FileName]?: Uint8Array } = {};
  const sources = new Map<FileName, string>();
  const keys: { [name in "DG14" | "DG15"]?: Uint8Array } = {};
  const ignored: string[] = [];
  let terminalAuthority: Uint8Array | undefined;
  for (const { name, bytes } of await readFolder(folder)) {
    if (name === AUTHORITY_FILE) {
      terminalAuthority = bytes;
      continue;
    }
    const key = KEY_FILE.exec(name);
    if (key) {
      keys[`DG${key[1]}` as "DG14" | "DG15"] = bytes;
      continue;
    }
    const file = identifyFile(bytes, name);
    if (file === undefined) {
      ignored.push(name);
      continue;
    }
    const other = sources.get(file);
    if (other !== undefined) {
      throw new CommandError(
        "DUPLICATE_FILE",
        `expected one ${file} in ${folder}, found ${other} and ${name}`,
      );
    }
    sources.set(file, name);
    files[file] = bytes;
  }
  if (sources.size === 0) {
    throw new CommandError("NO_CHIP_FILES", `expected files of a chip, found none in ${folder}`);
  }
  return { files, keys, ...(terminalAuthority ? { terminalAuthority } : {}), ignored };
};

/** The plain files of a folder in the order of their names. */
const readFolder = async (folder: string): Promise<{ name: string; bytes: Uint8Array }[]> => {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  if (names.length > MAX_FILES) {
    throw new CommandError(
      "TOO_MANY_FILES",
      `expected at most ${MAX_FILES} files, found ${names.length} in ${folder}`,
    );
  }
  const entries: { name: string; bytes: Uint8Array }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path);
    if (facts.isFile() && facts.size > 0) entries.push({ name, bytes: await readSmallFile(path) });
  }
  return entries;
};

/** Names under which files of a chip are written, and read again by `--dir`. */
const fileNameOf = (file: FileName): string =>
  `${file.startsWith("DG") ? file : `EF_${file.replace("/", "_")}`}.bin`;

/** Writes the files of a chip into a folder, each whole or not at all, for the owner's eyes only. */
export const writeChipFiles = async (folder: string, files: ChipFiles): Promise<string[]> => {
  const names: string[] = [];
  for (const [file, bytes] of Object.entries(files) as [FileName, Uint8Array][]) {
    const name = fileNameOf(file);
    await writeWholeFile(join(folder, name), bytes, 0o600);
    names.push(name);
  }
  return names;
};
