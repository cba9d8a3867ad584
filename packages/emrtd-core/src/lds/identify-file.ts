import { EmrtdError } from "../errors.js";
import { decodeTlv } from "../tlv.js";
import { FILES, type FileName } from "./files.js";

/** Names that dumps of other programs give to the files of a chip. */
const SPELLINGS: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/^(?:ef[._-]?)?(com|sod|cvca)$/i, (match) => match[1]!.toUpperCase()],
  [/^(?:ef[._-]?)?card[._-]?access$/i, () => "CardAccess"],
  [/^(?:ef[._-]?)?card[._-]?security$/i, () => "CardSecurity"],
  [/^(?:ef[._-]?)?atr(?:[._/-]?info)?$/i, () => "ATR/INFO"],
  [/^(?:ef[._-]?)?dir$/i, () => "DIR"],
  [/^(?:ef[._-]?)?(?:dg|data[ _-]?group[ _-]?)0?(\d{1,2})$/i, (match) => `DG${match[1]}`],
];

/**
 * Which file of a chip the bytes are: by the tag of the content first, by the name second. A name
 * alone decides only for files whose content has no tag of its own: those of the master file, EF.CVCA.
 *
 * @param name file name without its folder, e.g. `EF_SOD.bin`, `Datagroup1.bin`, `dg1`.
 * @returns undefined where neither says so: keys, certificates and notes that lie beside the files.
 */
export const identifyFile = (bytes: Uint8Array, name = ""): FileName | undefined => {
  const byTag = FILES.find(
    ({ place, tag }) => place === "application" && tag !== undefined && tag === bytes[0],
  );
  if (byTag && isOneElement(bytes)) return byTag.name;
  const spelt = spell(name.replace(/\.[^.]*$/, ""));
  const byName = FILES.find((file) => file.name === spelt);
  // Certificates of the authority have this name, too.
  if (byName?.name === "CVCA" && bytes[0] !== CVCA_FIRST_BYTE) return undefined;
  // A file of the application that is called so and is not one whole element is a broken file, not another one.
  return byName?.name;
};

/** EF.CVCA begins with a reference, which is no whole file. */
const CVCA_FIRST_BYTE = 0x42;

const spell = (name: string): string | undefined => {
  for (const [pattern, canonical] of SPELLINGS) {
    const match = pattern.exec(name);
    if (match) return canonical(match);
  }
  return undefined;
};

const isOneElement = (bytes: Uint8Array): boolean => {
  try {
    decodeTlv(bytes);
    return true;
  } catch (error) {
    if (error instanceof EmrtdError) return false;
    throw error;
  }
};
