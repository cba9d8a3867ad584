import { selectFile, selectMasterFile } from "../iso7816/select.js";
import { isSuccess } from "../iso7816/status-word.js";
import type { FileEntry } from "../lds/files.js";
import type { Protocol } from "../protocol.js";

/**
 * Makes the master file the current directory, where it is not so already: chips differ in which form of
 * SELECT they take, some take none, and some say 9000 and stay where they are. Nothing here is fatal;
 * whether it helped, the next SELECT of a file shows.
 *
 * @param file one that is expected under the master file.
 */
export function* enterMasterFile(file: FileEntry): Protocol<void> {
  if (isSuccess(yield selectFile(file))) return;
  if (isSuccess(yield selectMasterFile("by-identifier"))) return;
  yield selectMasterFile("empty");
}
