import type { Password } from "../access/password.js";
import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import type { ResponseApdu } from "../iso7816/response-apdu.js";
import { createDocumentReader, type DocumentReaderOptions } from "./document-reader.js";
import type { DocumentReading } from "./document-reading.js";
import { DEFAULT_READ_PLAN, type ReadPlan } from "./read-plan.js";

export interface ReadDocumentOptions extends DocumentReaderOptions {
  readonly plan?: ReadPlan;
}

/**
 * Reads a document: opens the chip, reads its files by the plan, and lets it prove itself.
 *
 * Once the chip is open this always returns: what went wrong after that is the `failure` of the reading,
 * which keeps what was read until then. Nothing is judged here; that is `verifyDocument`'s.
 *
 * @param access what opens the chip; of several the first that fits is tried, and no other after it.
 * @throws EmrtdError before the chip is open: `ACCESS_…`, `PASSWORD_INVALID`, `APDU_STATUS` for a chip
 *   without eMRTD application, `TRANSPORT_FAILED`; and `RESUME_MISMATCH`.
 */
export function* readDocument(
  access: Password | readonly Password[],
  options: ReadDocumentOptions,
): Generator<CommandApdu, DocumentReading, ResponseApdu> {
  const { plan = DEFAULT_READ_PLAN } = options;
  const reader = createDocumentReader(access, options);
  let failure: EmrtdError | null = null;
  try {
    for (const step of plan.steps) yield* reader.step(step);
  } catch (error) {
    if (!reader.opened || !(error instanceof EmrtdError) || error.code === "RESUME_MISMATCH") {
      throw error;
    }
    failure = error;
  }
  return reader.reading(failure);
}
