import { EmrtdError } from "../errors.js";
import { formatTag } from "../tlv.js";
import { type AtrInfo, decodeAtrInfo } from "./atr-info.js";
import { type CardAccess, decodeCardAccess } from "./card-access.js";
import { type CardSecurity, decodeCardSecurity } from "./card-security.js";
import { type Com, decodeCom } from "./com.js";
import { type Cvca, decodeCvca } from "./cvca.js";
import type { Decoded } from "./data-object.js";
import { type Dg1, decodeDg1 } from "./dg1.js";
import { type Dg2, decodeDg2 } from "./dg2.js";
import { type Dg3, decodeDg3 } from "./dg3.js";
import { type Dg4, decodeDg4 } from "./dg4.js";
import { type Dg5, decodeDg5 } from "./dg5.js";
import { type Dg7, decodeDg7 } from "./dg7.js";
import { type Dg11, decodeDg11 } from "./dg11.js";
import { type Dg12, decodeDg12 } from "./dg12.js";
import { type Dg14, decodeDg14 } from "./dg14.js";
import { type Dg15, decodeDg15 } from "./dg15.js";
import { type Dg16, decodeDg16 } from "./dg16.js";
import { type Dir, decodeDir } from "./dir.js";
import { FILES, type FileName } from "./files.js";
import { identifyFile } from "./identify-file.js";
import {
  decodeProprietaryGroup,
  type ProprietaryGroup,
  type ProprietaryGroupName,
} from "./proprietary.js";
import { decodeSod, type Sod } from "./sod.js";

/** What each file holds. */
export interface FileContents {
  readonly "ATR/INFO": AtrInfo;
  readonly DIR: Dir;
  readonly CardAccess: CardAccess;
  readonly CardSecurity: CardSecurity;
  readonly COM: Com;
  readonly SOD: Sod;
  readonly CVCA: Cvca;
  readonly DG1: Dg1;
  readonly DG2: Dg2;
  readonly DG3: Dg3;
  readonly DG4: Dg4;
  readonly DG5: Dg5;
  readonly DG6: ProprietaryGroup;
  readonly DG7: Dg7;
  readonly DG8: ProprietaryGroup;
  readonly DG9: ProprietaryGroup;
  readonly DG10: ProprietaryGroup;
  readonly DG11: Dg11;
  readonly DG12: Dg12;
  readonly DG13: ProprietaryGroup;
  readonly DG14: Dg14;
  readonly DG15: Dg15;
  readonly DG16: Dg16;
}

/** A decoded file under its name. */
export type DecodedFile = {
  readonly [Name in FileName]: {
    readonly name: Name;
    readonly content: Decoded<FileContents[Name]>;
  };
}[FileName];

const proprietary = (name: ProprietaryGroupName) => (bytes: Uint8Array) =>
  decodeProprietaryGroup(name, bytes);

const listDecoders = (): {
  readonly [Name in FileName]: (bytes: Uint8Array) => Decoded<FileContents[Name]>;
} => ({
  "ATR/INFO": decodeAtrInfo,
  DIR: decodeDir,
  CardAccess: decodeCardAccess,
  CardSecurity: decodeCardSecurity,
  COM: decodeCom,
  SOD: decodeSod,
  CVCA: decodeCvca,
  DG1: decodeDg1,
  DG2: decodeDg2,
  DG3: decodeDg3,
  DG4: decodeDg4,
  DG5: decodeDg5,
  DG6: proprietary("DG6"),
  DG7: decodeDg7,
  DG8: proprietary("DG8"),
  DG9: proprietary("DG9"),
  DG10: proprietary("DG10"),
  DG11: decodeDg11,
  DG12: decodeDg12,
  DG13: proprietary("DG13"),
  DG14: decodeDg14,
  DG15: decodeDg15,
  DG16: decodeDg16,
});

const DECODERS = /* @__PURE__ */ listDecoders();

/**
 * Decodes a file of the chip, known by its first tag; the files of the master file also by their name.
 *
 * @param name file name as in {@link identifyFile}, where there is one.
 * @throws EmrtdError `LDS_UNKNOWN_FILE` where neither tells the file, else what the decoder of the file
 * throws.
 */
export const decodeFile = (bytes: Uint8Array, name = ""): DecodedFile => {
  const file = identifyFile(bytes, name) ?? byFirstByte(bytes[0]);
  if (file === undefined) {
    throw new EmrtdError(
      "LDS_UNKNOWN_FILE",
      `expected the first tag of a file of the chip, found ${bytes[0] === undefined ? "nothing" : formatTag(bytes[0])}`,
    );
  }
  const known = file === "DG1" && isDirectory(bytes) ? "DIR" : file;
  return { name: known, content: DECODERS[known](bytes) } as DecodedFile;
};

const byFirstByte = (first: number | undefined): FileName | undefined =>
  first === undefined ? undefined : FILES.find(({ tag }) => tag === first)?.name;

/** An application template of EF.DIR has the tag of DG1 and an application identifier inside. */
const isDirectory = (bytes: Uint8Array): boolean => bytes[1]! < 0x80 && bytes[2] === 0x4f;
