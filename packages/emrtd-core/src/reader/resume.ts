import { equalBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { readBinary, readBinaryContent } from "../iso7816/read-binary.js";
import { selectFile } from "../iso7816/select.js";
import { isSuccess } from "../iso7816/status-word.js";
import { fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import type { DocumentReading } from "./document-reading.js";

/**
 * What of an earlier reading can be kept: nothing, unless it got as far as EF.SOD, which is how the
 * document is known again. A file that failed is asked for once more.
 */
export const keptOf = (
  earlier: DocumentReading | undefined,
): Pick<DocumentReading, "files" | "outcomes" | "evidence" | "partial"> => {
  if (!earlier?.files.SOD) return { files: {}, outcomes: {}, evidence: [], partial: null };
  return {
    files: earlier.files,
    outcomes: Object.fromEntries(
      Object.entries(earlier.outcomes).filter(([, outcome]) => outcome !== "failed"),
    ),
    evidence: earlier.evidence.filter(({ protocol }) => protocol !== "access-control"),
    partial: earlier.partial,
  };
};

/** The end of EF.SOD, where its signature is: no two documents have the same. */
const SIGNATURE_END = 32;

/** @throws EmrtdError `RESUME_MISMATCH` where EF.SOD of the chip does not end as the one read before. */
export function* checkSameDocument(sod: Uint8Array): Protocol<void> {
  if (isSuccess(yield selectFile(fileByName("SOD")))) {
    const offset = Math.max(0, sod.length - SIGNATURE_END);
    const command = readBinary(offset, sod.length - offset);
    const answer = yield command;
    const end = isSuccess(answer) ? readBinaryContent(command, answer.data) : undefined;
    if (end && equalBytes(end, sod.subarray(offset))) return;
  }
  throw new EmrtdError(
    "RESUME_MISMATCH",
    "expected the document whose reading is to be resumed, found another EF.SOD",
  );
}
