import { FILES, type FileEntry } from "../lds/files.js";
import type { ChipContext } from "./chip-context.js";

/** The file under the current directory with this identifier. */
export const fileById = (context: ChipContext, fileId: number): FileEntry | undefined =>
  filesHere(context).find((file) => file.fileId === fileId);

/** The file under the current directory with this short identifier. */
export const fileByShortId = (context: ChipContext, shortId: number): FileEntry | undefined =>
  filesHere(context).find((file) => file.shortFileId === shortId);

const filesHere = ({ personalisation, state }: ChipContext): readonly FileEntry[] =>
  FILES.filter(({ name, place }) => place === state.directory && personalisation.files[name]);

/** EF.CardAccess, EF.ATR/INFO and EF.DIR are anybody's (Doc 9303-10, 3.11). */
const PUBLIC = ["CardAccess", "ATR/INFO", "DIR"];

/** Whether the chip asks to be opened at all. */
export const isGuarded = ({ personalisation: { access } }: ChipContext): boolean =>
  access.bac !== undefined || access.pace !== undefined;

/** Whether the terminal has opened the chip, or need not. */
export const isOpen = (context: ChipContext): boolean =>
  context.state.opened || !isGuarded(context);

export const maySelect = (context: ChipContext, file: FileEntry): boolean =>
  PUBLIC.includes(file.name) || isOpen(context);

/** Guarded groups are for terminals that have the right to them (Doc 9303-11, 7.1.3). */
export const mayRead = (context: ChipContext, file: FileEntry): boolean => {
  if (!maySelect(context, file)) return false;
  const { personalisation, state } = context;
  const group = personalisation.extendedAccess.find((number) => file.name === `DG${number}`);
  const rights: readonly string[] = state.terminal?.authorization?.rights ?? [];
  return group === undefined || rights.includes(`read-dg${group}`);
};
