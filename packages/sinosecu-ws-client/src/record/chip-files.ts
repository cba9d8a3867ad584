import { fromHex } from "../bytes.js";
import type { Field } from "../messages/fields.js";

type DataGroup = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;

/** Names of the chip's files, as a verifier of electronic documents calls them. */
export type ChipFileName = "COM" | "SOD" | `DG${DataGroup}`;

/** The chip's files as bytes, ready for a verifier. */
export type ChipFiles = { readonly [name in ChipFileName]?: Uint8Array };

const NAME = /^(?:rfid_)?(?:ef[._ ])?(com|sod|dg0?([1-9]|1[0-6]))$/i;

/** The file that a field holds in hexadecimal digits, if it is one. */
export const chipFileName = (name: string): ChipFileName | undefined => {
  const match = NAME.exec(name.trim());
  if (!match) return undefined;
  return (match[2] ? `DG${match[2]}` : match[1]!.toUpperCase()) as ChipFileName;
};

/**
 * The chip's files among the fields (after Set DGSource).
 *
 * @returns undefined where there is none.
 * @throws SinosecuError `HEX_INVALID`: half a file proves nothing, so one bad file refuses them all.
 */
export const chipFiles = (fields: readonly Field[]): ChipFiles | undefined => {
  const files: { [name in ChipFileName]?: Uint8Array } = {};
  for (const { name, content } of fields) {
    const file = chipFileName(name);
    if (file !== undefined && content !== "") files[file] = fromHex(content, name);
  }
  return Object.keys(files).length === 0 ? undefined : files;
};
