/**
 * The elementary files of a travel document's chip (Doc 9303-10, 4.6, tables 40 to 43): name, file
 * identifier, short file identifier, and the tag that its content begins with.
 */
export interface FileEntry {
  readonly name: FileName;
  readonly fileId: number;
  readonly shortFileId: number;
  /** Tag of the outermost element; absent where the file is not one (EF.ATR/INFO, EF.DIR, EF.CVCA). */
  readonly tag?: number;
  /** Where it stands: under the master file or in the eMRTD application. */
  readonly place: "master-file" | "application";
}

export type DataGroupNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;
export type DataGroupName = `DG${DataGroupNumber}`;
export type FileName =
  | "ATR/INFO"
  | "DIR"
  | "CardAccess"
  | "CardSecurity"
  | "COM"
  | "SOD"
  | "CVCA"
  | DataGroupName;

/** The files of one document, each with the bytes as they were read. */
export type ChipFiles = { readonly [name in FileName]?: Uint8Array };

const DATA_GROUP_TAGS = [
  0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
] as const;

const masterFile = (
  name: FileName,
  fileId: number,
  shortFileId: number,
  tag?: number,
): FileEntry => ({
  name,
  fileId,
  shortFileId,
  ...(tag === undefined ? {} : { tag }),
  place: "master-file",
});

const application = (name: FileName, shortFileId: number, tag?: number): FileEntry => ({
  name,
  fileId: 0x0100 | shortFileId,
  shortFileId,
  ...(tag === undefined ? {} : { tag }),
  place: "application",
});

const listFiles = (): readonly FileEntry[] => [
  masterFile("ATR/INFO", 0x2f01, 0x01),
  masterFile("DIR", 0x2f00, 0x1e),
  masterFile("CardAccess", 0x011c, 0x1c, 0x31),
  masterFile("CardSecurity", 0x011d, 0x1d, 0x30),
  application("COM", 0x1e, 0x60),
  application("SOD", 0x1d, 0x77),
  application("CVCA", 0x1c),
  ...DATA_GROUP_TAGS.map((tag, index) =>
    application(`DG${(index + 1) as DataGroupNumber}`, index + 1, tag),
  ),
];

export const FILES = /* @__PURE__ */ listFiles();

export const fileByName = (name: FileName): FileEntry => FILES.find((file) => file.name === name)!;

/** `DG1` of 1. */
export const dataGroupName = (number: DataGroupNumber): DataGroupName => `DG${number}`;
