import type { DefectCategory, DefectTypeName } from "../trust/defect-types.js";
import type { CertificateBodyField, DeviatingFile } from "../trust/deviation-parameter.js";
import type { DeviationTypeName } from "../trust/deviation-types.js";
import type { ReasonCode } from "./reasons.js";
import type { CheckId, CheckStatus } from "./report.js";

/** What a list says of a document: a type of a deviation or defect, or that it is of none that is known. */
export type ListedType =
  | DeviationTypeName
  | DefectTypeName
  | `unknown ${DefectCategory}`
  | "unknown";

/** What something that a list says of a document changes in one check. */
export interface DeviationRule {
  readonly listed: ListedType;
  readonly check: CheckId;
  /** What the check found before; with `reasons` only for one of these. */
  readonly found: readonly CheckStatus[];
  readonly reasons?: readonly ReasonCode[];
  /** Files, or fields of a certificate, of which the list must say it; without, of any. */
  readonly files?: readonly DeviatingFile[];
  readonly fields?: readonly CertificateBodyField[];
  readonly becomes: CheckStatus;
  readonly reason: ReasonCode | null;
  /**
   * Also where it cannot be told whether the list means this document. For what takes trust away; what
   * explains a failure must fit for certain, by what is signed.
   */
  readonly evenIfUncertain?: true;
}

/** A failure that a list explains is no longer held against the document, and is no proof either. */
const explains = (
  listed: ListedType,
  check: CheckId,
  reasons: readonly ReasonCode[],
  limits: Pick<DeviationRule, "files" | "fields"> = {},
): DeviationRule => ({
  listed,
  check,
  found: ["failed"],
  reasons,
  ...limits,
  becomes: "undetermined",
  reason: "EXPLAINED_BY_DEVIATION",
});

/** A proof that a list takes the ground from proves nothing. */
const withdraws = (listed: ListedType, check: CheckId, reason: ReasonCode): DeviationRule => ({
  listed,
  check,
  found: ["passed"],
  becomes: "undetermined",
  reason,
  evenIfUncertain: true,
});

const CERTIFICATE_UNREADABLE = ["CERTIFICATE_MALFORMED", "KEY_MALFORMED"] as const;
const SOD_WRONG = [
  "SIGNATURE_INVALID",
  "MESSAGE_DIGEST_MISMATCH",
  "CONTENT_TYPE_MISMATCH",
] as const;

/**
 * What is held by default: a list may explain a failure, which then is `undetermined`, and may take a
 * proof away. It never makes a check pass. Of the types without a row the report only says that they are
 * listed. In order: the first that fits decides.
 */
export const DEVIATION_RULES: readonly DeviationRule[] = /* @__PURE__ */ (() => [
  // Doc 9303-12, 10.2.
  explains("CertOrKey-DSSignature", "document-signer-chain", ["ISSUER_SIGNATURE_INVALID"]),
  explains("CertOrKey-DSEncoding", "sod-signature", CERTIFICATE_UNREADABLE),
  explains("CertOrKey-DSEncoding", "document-signer-chain", CERTIFICATE_UNREADABLE),
  explains("CertOrKey-DSEncoding", "certificate-validity", [
    "CERTIFICATE_MALFORMED",
    "CERTIFICATE_USAGE",
    "CRITICAL_EXTENSION_UNKNOWN",
  ]),
  explains("CertOrKey-DSEncoding", "certificate-validity", ["NOT_YET_VALID", "EXPIRED"], {
    fields: ["validity"],
  }),
  explains("CertOrKey-DSEncoding", "country-consistency", ["COUNTRY_MISMATCH"]),
  explains("CertOrKey-CSCAEncoding", "document-signer-chain", ["ISSUER_SIGNATURE_INVALID"]),
  explains("CertOrKey-CSCAEncoding", "country-consistency", ["COUNTRY_MISMATCH"]),
  withdraws("CertOrKey-AAKeyCompromised", "active-authentication", "KEY_COMPROMISED"),
  explains("LDS-DGMalformed", "active-authentication", ["KEY_MALFORMED"], { files: [15] }),
  explains("LDS-DGMalformed", "chip-authentication", ["KEY_MALFORMED"], { files: [14] }),
  explains("LDS-DGHashWrong", "data-group-hashes", ["HASH_MISMATCH"]),
  explains("LDS-SODSignatureWrong", "sod-signature", SOD_WRONG),
  explains("MRZ-WrongData", "mrz-consistency", ["MRZ_MISMATCH"]),
  explains("MRZ-WrongData", "country-consistency", ["COUNTRY_MISMATCH"]),
  explains("MRZ-WrongCheckDigit", "mrz-consistency", ["CHECK_DIGIT_WRONG"]),
  // BSI TR-03129, A.1.
  {
    listed: "CertRevoked",
    check: "revocation",
    found: ["passed", "undetermined"],
    becomes: "failed",
    reason: "REVOKED",
  },
  explains("CertReplaced", "sod-signature", CERTIFICATE_UNREADABLE),
  explains("CertReplaced", "document-signer-chain", CERTIFICATE_UNREADABLE),
  explains("CertReplaced", "certificate-validity", ["CERTIFICATE_MALFORMED"]),
  withdraws("ChipAuthKeyRevoked", "chip-authentication", "KEY_COMPROMISED"),
  withdraws("ActiveAuthKeyRevoked", "active-authentication", "KEY_COMPROMISED"),
  explains("ePassportDGMalformed", "active-authentication", ["KEY_MALFORMED"], { files: [15] }),
  explains("ePassportDGMalformed", "chip-authentication", ["KEY_MALFORMED"], { files: [14] }),
  explains("SODInvalid", "sod-signature", ["SOD_MALFORMED", ...SOD_WRONG]),
  explains("SODInvalid", "data-group-hashes", ["HASH_MISMATCH"]),
  explains("CardSecurityMalformed", "chip-authentication", ["CARD_SECURITY_MALFORMED"]),
  // Whoever does not know such a defect must not use the chip.
  withdraws("unknown AuthDefect", "sod-signature", "DEFECT_UNKNOWN"),
  withdraws("unknown ePassportDefect", "sod-signature", "DEFECT_UNKNOWN"),
  withdraws("unknown DocumentDefect", "sod-signature", "DEFECT_UNKNOWN"),
])();
