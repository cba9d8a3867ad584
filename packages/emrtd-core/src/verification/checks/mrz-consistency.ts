import { mrzInformation } from "../../access/password.js";
import { readable } from "../../cms/readable.js";
import type { CheckedField } from "../../mrz/mrz.js";
import { accessEvidence } from "./access-control.js";
import { failed, type Judge, passed, undetermined } from "./judgement.js";

/**
 * Whether the machine readable zone in the signed data agrees with itself, and with the printed one as
 * far as it is known: it is if it opened the chip.
 */
export const judgeMrzConsistency: Judge = (subject) => {
  const { dg1 } = subject;
  if ("reason" in dg1) return undetermined(dg1.reason);
  const opened = accessEvidence(subject)?.mrzInformation;
  const wrong: readonly CheckedField[] = dg1.mrz.checkDigits
    .filter((digit) => !digit.correct)
    .map(({ of }) => of);
  const detail = { wrongCheckDigits: wrong, comparedWithPrinted: opened !== undefined };
  if (opened !== undefined && opened !== readable(() => mrzInformation(dg1.mrz))) {
    return failed("MRZ_MISMATCH", detail);
  }
  return wrong.length > 0 ? failed("CHECK_DIGIT_WRONG", detail) : passed(detail);
};
