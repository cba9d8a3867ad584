import type { Check, CheckId, ChipFiles, VerificationReport } from "@org/emrtd-core";
import type { CheckResult } from "../messages/v2/ca-handback.js";
import type { EmrtdPassport } from "../result/emrtd-passport.js";
import type { PassiveAuthenticationDetails } from "../result/passive-authentication-details.js";
import {
  documentDetailsOf,
  listedFiles,
  mrzInfoOf,
  personalDetailsOf,
  sodInfoOf,
} from "./details.js";
import { photosOf, type ToJpeg } from "./photos.js";

/** Checks whose failure is told. How the chip was opened, a client may have decided alone. */
const TOLD: readonly CheckId[] = [
  "sod-signature",
  "document-signer-chain",
  "certificate-validity",
  "revocation",
  "data-group-hashes",
  "chip-authentication",
  "active-authentication",
  "mrz-consistency",
  "country-consistency",
];

/** Of these also what could not be determined is told, since a result has no word for it. */
const PROOFS: ReadonlySet<CheckId> = /* @__PURE__ */ new Set([
  "sod-signature",
  "document-signer-chain",
  "certificate-validity",
  "data-group-hashes",
  "chip-authentication",
  "active-authentication",
] satisfies CheckId[]);

export interface PassportOptions {
  readonly toJpeg?: ToJpeg | undefined;
  /** Proofs that a chip did give, whatever they are worth. */
  readonly given: { readonly chip: boolean; readonly active: boolean };
  /** A document that promises a proof and gives none has failed it. */
  readonly requireChipProof: boolean;
}

/**
 * A report and its files as a result. The result knows no "could not be determined": that is `false`, or
 * UNAVAILABLE, with the check and the reason in `errors`.
 */
export const passportOf = (
  report: VerificationReport,
  files: ChipFiles,
  options: PassportOptions,
): EmrtdPassport => {
  const status = (id: CheckId) => report.checks.find((check) => check.id === id)!;
  const content = listedFiles(files);
  const hash = status("data-group-hashes").detail["hashAlgorithm"];
  const photos = photosOf(content, options.toJpeg);
  const details = passiveDetails(report, status);
  const results = chipResults(
    status("chip-authentication"),
    status("active-authentication"),
    options,
  );
  const unlisted = Object.entries(report.dataGroups).flatMap(([group, { hash }]) =>
    hash === "not-in-sod" ? [`DG${group}: NOT_IN_SOD`] : [],
  );
  const said = {
    DG1: mrzInfoOf(content.DG1),
    DG11: personalDetailsOf(content.DG11),
    DG12: documentDetailsOf(content.DG12),
  };
  const unreadable = (["DG1", "DG11", "DG12"] as const)
    .filter((name) => content[name] !== undefined && said[name] === null)
    .map((name) => `${name}: FILE_MALFORMED`);
  return {
    sodInfo: sodInfoOf(content.SOD, typeof hash === "string" ? hash : undefined),
    mrzInfo: said.DG1,
    facePhoto: photos.face,
    signaturePhotos: [...photos.signatures],
    additionalPersonalDetails: said.DG11,
    additionalDocumentDetails: said.DG12,
    passiveAuthentication:
      details.sodSignatureValid && details.documentCertificateValid && details.allHashesValid,
    passiveAuthenticationDetails: details,
    chipAuthenticationResult: results.chip,
    activeAuthenticationResult: results.active,
    errors: [...TOLD.map(status).flatMap(errorOf), ...unlisted, ...unreadable, ...photos.errors],
  };
};

const errorOf = ({ id, status, reason }: Check): string[] =>
  status === "failed" || (status === "undetermined" && PROOFS.has(id)) ? [`${id}: ${reason}`] : [];

const passiveDetails = (
  { dataGroups }: VerificationReport,
  check: (id: CheckId) => Check,
): PassiveAuthenticationDetails => {
  const passed = (id: CheckId) => check(id).status === "passed";
  const groups = Object.entries(dataGroups).map(([group, { hash }]) => ({
    group: Number(group),
    hash,
  }));
  const checked = groups.filter(({ hash }) => hash !== "not-read");
  const valid = groups.filter(({ hash }) => hash === "match");
  const firstError = ["sod-signature", "document-signer-chain", "certificate-validity"] as const;
  const failure = [...firstError, "data-group-hashes" as const].find((id) => !passed(id));
  return {
    sodSignatureValid: passed("sod-signature"),
    documentCertificateValid:
      passed("document-signer-chain") &&
      passed("certificate-validity") &&
      check("revocation").status !== "failed",
    // A group that was read and is not listed has no valid hash.
    allHashesValid: passed("data-group-hashes") && checked.length === valid.length,
    dataGroupsChecked: checked.map(({ group }) => group),
    dataGroupsWithValidHash: valid.map(({ group }) => group),
    error: failure === undefined ? null : check(failure).reason,
  };
};

interface ChipResults {
  readonly chip: CheckResult;
  readonly active: CheckResult;
}

const chipResults = (
  chip: Check,
  active: Check,
  { given, requireChipProof }: PassportOptions,
): ChipResults => {
  const results = { chip: resultOf(chip, given.chip), active: resultOf(active, given.active) };
  if (!requireChipProof || Object.values(results).includes("SUCCESS")) return results;
  const required = (check: Check, result: CheckResult) =>
    check.status === "undetermined" ? "FAILED" : result;
  return { chip: required(chip, results.chip), active: required(active, results.active) };
};

/** A proof that was given and does not hold has failed, whatever kept it from being judged. */
const resultOf = ({ status }: Check, given: boolean): CheckResult => {
  if (status === "passed") return "SUCCESS";
  if (status === "failed") return "FAILED";
  return given && status === "undetermined" ? "FAILED" : "UNAVAILABLE";
};
