import { join } from "node:path";
import { writeWholeFile } from "@org/command";
import {
  type DataBlock,
  MdsError,
  type Modality,
  type VerifiedSegment,
} from "@org/mosip-mds-types";
import { imagesOf } from "@org/mosip-mds-types/records";

/** Endings of picture files. */
const ENDINGS: Readonly<Record<string, string>> = { jpeg: "jpg" };

/** Biometric data: for its owner's eyes alone. */
const MODE = 0o600;

/** Saves an answer, the records that could be opened, and the images in them. */
export const saveCapture = async (
  folder: string | undefined,
  answer: string,
  segments: readonly VerifiedSegment[],
  modality: Modality,
): Promise<readonly string[]> => {
  if (folder === undefined) return [];
  const files: string[] = [];
  const save = async (name: string, content: Uint8Array | string): Promise<void> => {
    const path = join(folder, name);
    await writeWholeFile(path, content, MODE);
    files.push(path);
  };
  await save("answer.json", answer);
  for (const [index, { block, value }] of segments.entries()) {
    if (value === undefined) continue;
    const stem = `${String(index + 1).padStart(2, "0")}-${fileWord(nameOf(block, modality))}`;
    const images = imagesIn(value, block?.modality ?? modality);
    const [bare] = images;
    if (bare?.image !== value) await save(`${stem}.iso`, value);
    for (const [at, { image, header }] of images.entries()) {
      const name = images.length === 1 ? stem : `${stem}-${at + 1}`;
      await save(`${name}.${ENDINGS[header.format] ?? header.format}`, image);
    }
    if (block?.bioExtract !== undefined) await save(`${stem}.fmr`, block.bioExtract);
  }
  return files;
};

/** Saves pictures of a preview. */
export const saveFrame = async (
  folder: string,
  number: number,
  jpeg: Uint8Array,
): Promise<string> => {
  const path = join(folder, `frame-${String(number).padStart(4, "0")}.jpg`);
  await writeWholeFile(path, jpeg, MODE);
  return path;
};

/** Names that `mds-device --images` reads again. */
const nameOf = (block: DataBlock | undefined, modality: Modality): string => {
  const { subType } = block ?? {};
  if (subType === undefined || subType === "unknown") return modality;
  return modality === "iris" ? `${subType}-iris` : subType;
};

/** A device may call a finger what it likes; a file may not. */
const fileWord = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40);

/** Images in a form that is not known here stay inside their record. */
const imagesIn = (value: Uint8Array, modality: Modality) => {
  try {
    return imagesOf(value, modality);
  } catch (error) {
    if (error instanceof MdsError) return [];
    throw error;
  }
};
