import type { ChipFiles, FileName } from "@org/emrtd-core";
import { type DocvalFileName, type DocvalFiles, FILE_NAMES } from "../file-name.js";

/** `DG1` of `dg1`, `SOD` of `sod`. */
export const chipFileName = (name: DocvalFileName): FileName => name.toUpperCase() as FileName;

export const chipFiles = (files: DocvalFiles): ChipFiles =>
  Object.fromEntries([...files].map(([name, bytes]) => [chipFileName(name), bytes]));

/** Those of a chip's files that have a name here. */
export const docvalFiles = (files: ChipFiles): DocvalFiles =>
  new Map(
    FILE_NAMES.flatMap((name) => {
      const bytes = files[chipFileName(name)];
      return bytes === undefined ? [] : [[name, bytes] as const];
    }),
  );
