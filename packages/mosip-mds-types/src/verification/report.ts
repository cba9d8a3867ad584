import type { ChainReason } from "../signature/chain.js";

/** What is looked at in an answer of a device. */
export const CHECK_IDS = [
  "signature",
  "certificate-chain",
  "digital-id",
  "hash-chain",
  "time-window",
  "decryption",
  "quality",
  "count",
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export type CheckStatus = "passed" | "failed" | "undetermined" | "not-applicable";

/** Why a check did not simply pass. */
export type CheckReason =
  | ChainReason
  | "NOT_IN_THIS_ANSWER"
  | "NOT_IN_THIS_VERSION"
  | "NOT_ASKED"
  | "NOT_ENCRYPTED"
  | "DEVICE_ERROR"
  | "UNSIGNED"
  | "TOKEN_MALFORMED"
  | "BLOCK_MALFORMED"
  | "SIGNATURE_WRONG"
  | "ALGORITHM_NOT_ALLOWED"
  | "SIGNER_UNKNOWN"
  | "CERTIFICATE_NOT_BELIEVED"
  | "DATA_NOT_AUTHENTIC"
  | "DIGITAL_ID_WRONG"
  | "DIGITAL_ID_STALE"
  | "DIGITAL_ID_OTHER_DEVICE"
  | "DIGITAL_ID_OTHER_KEY"
  | "HASH_MISMATCH"
  | "HASH_OTHER_RULE"
  | "VALUE_ENCRYPTED"
  | "NO_DECRYPTION_KEY"
  | "OTHER_RECEIVER"
  | "DOES_NOT_OPEN"
  | "TIME_MALFORMED"
  | "TIME_OUTSIDE_WINDOW"
  | "TRANSACTION_OTHER"
  | "TRANSACTION_MISSING"
  | "SCORE_TOO_LOW"
  | "SCORE_MISSING"
  | "FEWER_THAN_ASKED"
  | "MORE_THAN_ASKED"
  | "OTHER_THAN_ASKED";

export interface Check {
  readonly id: CheckId;
  readonly status: CheckStatus;
  readonly reason: CheckReason | null;
  /** Facts for a reader: counts, scores, times, rules; no biometric data. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export type Verdict = "authentic" | "not-authentic" | "undetermined";

export interface Report {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

/** What shows that an answer is forged, altered or old. */
const PROOFS: readonly CheckId[] = [
  "signature",
  "certificate-chain",
  "digital-id",
  "hash-chain",
  "time-window",
  "decryption",
];

/**
 * The first that holds: a failed proof makes an answer not authentic; an answer is authentic when every
 * check passed or has nothing to look at and the signature is among those that passed; else it is open.
 * Low quality and a wrong count therefore never give a green answer, and never call one forged.
 */
export const verdictOf = (checks: readonly Check[]): Verdict => {
  if (checks.some(({ id, status }) => status === "failed" && PROOFS.includes(id))) {
    return "not-authentic";
  }
  const signed = checks.some(({ id, status }) => id === "signature" && status === "passed");
  const settled = checks.every(({ status }) => status === "passed" || status === "not-applicable");
  return signed && settled ? "authentic" : "undetermined";
};

export const passed = (id: CheckId, detail: Check["detail"] = {}): Check => ({
  id,
  status: "passed",
  reason: null,
  detail,
});

export const failed = (id: CheckId, reason: CheckReason, detail: Check["detail"] = {}): Check => ({
  id,
  status: "failed",
  reason,
  detail,
});

export const undetermined = (
  id: CheckId,
  reason: CheckReason,
  detail: Check["detail"] = {},
): Check => ({ id, status: "undetermined", reason, detail });

export const notApplicable = (id: CheckId, reason: CheckReason): Check => ({
  id,
  status: "not-applicable",
  reason,
  detail: {},
});

const WORST: readonly CheckStatus[] = ["failed", "undetermined", "passed", "not-applicable"];

/** One check over several parts: the worst of them, with the part that it came from. */
export const worstOf = (id: CheckId, parts: readonly Check[]): Check => {
  for (const status of WORST) {
    const index = parts.findIndex((part) => part.status === status);
    if (index >= 0) {
      const part = parts[index]!;
      const where = parts.length > 1 && status !== "passed" ? { segment: index } : {};
      return { ...part, id, detail: { ...part.detail, ...where } };
    }
  }
  return notApplicable(id, "NOT_IN_THIS_ANSWER");
};
