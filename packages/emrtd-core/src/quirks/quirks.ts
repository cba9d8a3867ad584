import { ACCESS_QUIRKS } from "./access.js";
import { CERTIFICATE_QUIRKS } from "./certificates.js";
import { DATA_QUIRKS } from "./data.js";
import { DIRECTORY_QUIRKS } from "./directories.js";
import { LENGTH_QUIRKS } from "./lengths.js";
import { PROOF_QUIRKS } from "./proofs.js";
import type { Quirk } from "./quirk.js";
import { SECURITY_OBJECT_QUIRKS } from "./security-object.js";

export type { Quirk };

/**
 * What chips and documents of the field do otherwise than the standard, or than readers take for granted,
 * and what is done about it. Each has a test of its name that shows it, with a virtual chip or with data.
 */
export const QUIRKS = /* @__PURE__ */ (() =>
  ({
    "Directories and files": DIRECTORY_QUIRKS,
    "Opening the chip": ACCESS_QUIRKS,
    "How much a chip gives at once": LENGTH_QUIRKS,
    "Proofs by the chip": PROOF_QUIRKS,
    "EF.SOD": SECURITY_OBJECT_QUIRKS,
    "Certificates and their issuers": CERTIFICATE_QUIRKS,
    "What the files say": DATA_QUIRKS,
  }) as const satisfies Record<string, readonly Quirk[]>)();

/** Stable name of a quirk. */
export type QuirkId = (typeof QUIRKS)[keyof typeof QUIRKS][number]["id"];
