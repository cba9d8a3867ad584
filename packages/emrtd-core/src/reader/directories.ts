import {
  EMRTD_APPLICATION,
  selectApplication,
  selectFile,
  selectMasterFile,
} from "../iso7816/select.js";
import { expectSuccess, isSuccess } from "../iso7816/status-word.js";
import type { FileEntry } from "../lds/files.js";
import type { Protocol } from "../protocol.js";

/**
 * Makes the master file the current directory, where it is not so already: chips differ in which form of
 * SELECT they take, some take none, and some say 9000 and stay where they are. So nothing here is fatal,
 * no status word is believed, and whether a form helped the next SELECT of a file shows.
 *
 * @param file one that is expected under the master file.
 */
export function* enterMasterFile(file: FileEntry): Protocol<void> {
  if (isSuccess(yield selectFile(file))) return;
  for (const form of ["by-identifier", "empty"] as const) {
    yield selectMasterFile(form);
    if (isSuccess(yield selectFile(file))) return;
  }
}

/**
 * Selects the eMRTD application. A plain SELECT also ends a session that the chip still holds, and it may
 * say no more than that (Doc 9303-11, 4.3.2): so a refusal is answered by asking once more.
 */
export function* enterApplication(): Protocol<void> {
  const first = yield selectApplication(EMRTD_APPLICATION);
  if (isSuccess(first)) return;
  expectSuccess(yield selectApplication(EMRTD_APPLICATION), "SELECT of the eMRTD application");
}
