import type { FileEntry } from "../lds/files.js";
import type { CommandApdu } from "./command-apdu.js";

/** Name of the eMRTD application (Doc 9303-10, 4.3). */
export const EMRTD_APPLICATION = /* @__PURE__ */ Uint8Array.of(
  0xa0,
  0x00,
  0x00,
  0x02,
  0x47,
  0x10,
  0x01,
);

/** Identifier of the master file. */
export const MASTER_FILE = 0x3f00;

/** SELECT by application name, no answer data (Doc 9303-10, 3.6.1.2). */
export const selectApplication = (name: Uint8Array): CommandApdu => ({
  cla: 0x00,
  ins: 0xa4,
  p1: 0x04,
  p2: 0x0c,
  data: name,
});

/** SELECT by file identifier under the current directory, no answer data (Doc 9303-10, 3.6.2). */
export const selectFile = ({ fileId }: FileEntry): CommandApdu => ({
  cla: 0x00,
  ins: 0xa4,
  p1: 0x02,
  p2: 0x0c,
  data: Uint8Array.of(fileId >> 8, fileId),
});

/** The forms in which chips take the selection of the master file: with its identifier, or without. */
export const selectMasterFile = (form: "by-identifier" | "empty"): CommandApdu => ({
  cla: 0x00,
  ins: 0xa4,
  p1: 0x00,
  p2: 0x0c,
  ...(form === "empty" ? {} : { data: Uint8Array.of(MASTER_FILE >> 8, MASTER_FILE & 0xff) }),
});
