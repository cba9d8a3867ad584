import type { Check, CheckId, CheckStatus, Verdict } from "@org/emrtd-core";

/** What a check asks, for whoever reads a report and knows no standard. */
export const CHECK_QUESTIONS: Readonly<Record<CheckId, string>> = {
  "access-control": "Was the chip opened with the key that is printed on the document?",
  "sod-signature": "Is the list of fingerprints of the data signed, and is the signature right?",
  "document-signer-chain": "Was the signer appointed by a country that you trust?",
  "certificate-validity": "Was the signer's certificate in force?",
  revocation: "Does the signer's certificate still stand, not withdrawn by its country?",
  "data-group-hashes": "Is the data on the chip the data that was signed?",
  "chip-authentication": "Did the chip prove by key agreement that it is the original?",
  "active-authentication": "Did the chip prove by signature that it is the original?",
  "terminal-authentication": "Did this terminal show the chip that it may read fingerprints?",
  "mrz-consistency": "Does the printed zone agree with the chip, and with itself?",
  "country-consistency": "Do document, signer and authority name the same country?",
};

export const STATUS_WORDS: Readonly<Record<CheckStatus, string>> = {
  passed: "yes",
  failed: "no",
  undetermined: "could not be judged",
  "not-applicable": "does not apply",
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  authentic: "The document is authentic.",
  "not-authentic": "The document is not authentic.",
  undetermined: "Whether the document is authentic could not be determined.",
};

/** One sentence below the verdict: what it rests on. */
export const verdictGrounds = (verdict: Verdict, checks: readonly Check[]): string => {
  const named = (status: CheckStatus) =>
    checks.filter((check) => check.status === status).map(({ id }) => id);
  if (verdict === "not-authentic") return `Contradicted by: ${named("failed").join(", ")}.`;
  const offline = checks.some(({ reason }) => reason === "NO_CHIP");
  if (verdict === "undetermined") {
    const open = named("undetermined").join(", ");
    return open === "" ? `Failed: ${named("failed").join(", ")}.` : `Open: ${open}.`;
  }
  const data = `The data was signed ${SIGNED_BY[countryStatus(checks)]}`;
  return offline
    ? `${data}. No chip was present: a copy of the data cannot be told from it.`
    : `${data}, and the chip proved all that the signed data promises.`;
};

/** Trust is not bound to a country: any authority that is trusted can sign a document of any country. */
const SIGNED_BY: Readonly<Record<CheckStatus, string>> = {
  passed: "by the issuing country",
  failed: "under an authority that you trust, but not one of the country that issued the document",
  undetermined: "under an authority that you trust",
  "not-applicable": "under an authority that you trust",
};

const countryStatus = (checks: readonly Check[]): CheckStatus =>
  checks.find(({ id }) => id === "country-consistency")?.status ?? "undetermined";
