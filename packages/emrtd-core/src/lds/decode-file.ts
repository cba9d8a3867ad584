import { EmrtdError } from "../errors.js";
import { formatTag } from "../tlv.js";
import { type CardAccess, decodeCardAccess } from "./card-access.js";
import { type Com, decodeCom } from "./com.js";
import type { Decoded } from "./data-object.js";
import { type Dg1, decodeDg1 } from "./dg1.js";
import { type Dg2, decodeDg2 } from "./dg2.js";
import { type Dg11, decodeDg11 } from "./dg11.js";
import { type Dg12, decodeDg12 } from "./dg12.js";
import { type Dg14, decodeDg14 } from "./dg14.js";
import { type Dg15, decodeDg15 } from "./dg15.js";
import { FILES, type FileName } from "./files.js";
import { identifyFile } from "./identify-file.js";
import { decodeSod, type Sod } from "./sod.js";

/** What each file that can be decoded holds. */
export interface FileContents {
  readonly CardAccess: CardAccess;
  readonly COM: Com;
  readonly SOD: Sod;
  readonly DG1: Dg1;
  readonly DG2: Dg2;
  readonly DG11: Dg11;
  readonly DG12: Dg12;
  readonly DG14: Dg14;
  readonly DG15: Dg15;
}

/** A decoded file under its name. */
export type DecodedFile = {
  readonly [Name in keyof FileContents]: {
    readonly name: Name;
    readonly content: Decoded<FileContents[Name]>;
  };
}[keyof FileContents];

const DECODERS: {
  readonly [Name in keyof FileContents]: (bytes: Uint8Array) => Decoded<FileContents[Name]>;
} = {
  CardAccess: decodeCardAccess,
  COM: decodeCom,
  SOD: decodeSod,
  DG1: decodeDg1,
  DG2: decodeDg2,
  DG11: decodeDg11,
  DG12: decodeDg12,
  DG14: decodeDg14,
  DG15: decodeDg15,
};

const isDecodable = (name: FileName | undefined): name is keyof FileContents =>
  name !== undefined && name in DECODERS;

/**
 * Decodes a file of the chip, known by its first tag; the files of the master file also by their name.
 *
 * @param name file name as in {@link identifyFile}, where there is one.
 * @throws EmrtdError `LDS_UNKNOWN_FILE` where neither tells the file or it has no decoder, else what
 * the decoder of the file throws.
 */
export const decodeFile = (bytes: Uint8Array, name = ""): DecodedFile => {
  const file = identifyFile(bytes, name) ?? FILES.find(({ tag }) => tag === bytes[0])?.name;
  if (isDecodable(file)) return { name: file, content: DECODERS[file](bytes) } as DecodedFile;
  throw new EmrtdError(
    "LDS_UNKNOWN_FILE",
    `expected the first tag of a file of the chip, found ${file ?? (bytes[0] === undefined ? "nothing" : formatTag(bytes[0]))}`,
  );
};
