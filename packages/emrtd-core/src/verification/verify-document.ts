import type { ChipEvidence } from "../authentication/evidence.js";
import {
  authenticatePassively,
  isCovered,
  type PassiveAuthentication,
} from "../authentication/passive.js";
import { toHex } from "../bytes.js";
import { formatSignatureAlgorithm } from "../cms/algorithm.js";
import { ATTRIBUTE, attributeOf, formatName } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { decodeDg1 } from "../lds/dg1.js";
import type { ChipFiles } from "../lds/files.js";
import type { TrustStore } from "../trust/store.js";
import { applyListed, listedFindings } from "./apply-listed.js";
import { findProfileDeviations } from "./certificate-profile.js";
import { accessFacts, judgeAccessControl } from "./checks/access-control.js";
import { judgeActiveAuthentication } from "./checks/active-authentication.js";
import { judgeCertificateValidity } from "./checks/certificate-validity.js";
import { judgeChipAuthentication } from "./checks/chip-authentication.js";
import { judgeCountryConsistency } from "./checks/country-consistency.js";
import { judgeDataGroupHashes } from "./checks/data-group-hashes.js";
import { judgeDocumentSignerChain } from "./checks/document-signer-chain.js";
import type { Dg1Reading, Judge, Subject } from "./checks/judgement.js";
import { judgeMrzConsistency } from "./checks/mrz-consistency.js";
import { judgeRevocation } from "./checks/revocation.js";
import { judgeSodSignature } from "./checks/sod-signature.js";
import { judgeTerminalAuthentication } from "./checks/terminal-authentication.js";
import { listedOf } from "./listed.js";
import type { VerificationPolicy } from "./policy.js";
import {
  CHECK_IDS,
  type CheckId,
  type Deviation,
  type DocumentFacts,
  type SignerFacts,
  type VerificationReport,
} from "./report.js";
import { verdictOf } from "./verdict.js";

export interface VerificationOptions {
  /** The time of judgement: of reading, or of a file's receipt. */
  readonly at: Date;
  /** What the chip did while it was read. Without it files are judged, and no proof by a chip is claimed. */
  readonly evidence?: readonly ChipEvidence[];
  readonly crypto?: CryptoProvider;
  readonly policy?: VerificationPolicy;
}

const JUDGES: { readonly [id in CheckId]: Judge } = {
  "access-control": judgeAccessControl,
  "sod-signature": judgeSodSignature,
  "document-signer-chain": judgeDocumentSignerChain,
  "certificate-validity": judgeCertificateValidity,
  revocation: judgeRevocation,
  "data-group-hashes": judgeDataGroupHashes,
  "chip-authentication": judgeChipAuthentication,
  "active-authentication": judgeActiveAuthentication,
  "terminal-authentication": judgeTerminalAuthentication,
  "mrz-consistency": judgeMrzConsistency,
  "country-consistency": judgeCountryConsistency,
};

/**
 * Judges the files of a document, and what its chip did where there was one: each check by itself, then
 * the verdict by rules ({@link verdictOf}).
 *
 * Never throws for what files or evidence hold: a document that is not authentic is a report, and so is
 * one that cannot be read.
 *
 * @throws EmrtdError `JUDGEMENT_TIME_INVALID` where `at` is an invalid Date.
 */
export const verifyDocument = (
  files: ChipFiles,
  trust: TrustStore,
  options: VerificationOptions,
): VerificationReport => {
  const { at, evidence = [], crypto = portableCrypto, policy = {} } = options;
  if (Number.isNaN(at.getTime())) {
    throw new EmrtdError("JUDGEMENT_TIME_INVALID", "expected a point in time to judge at");
  }
  const passive = authenticatePassively(files, trust, crypto);
  const dg1 = readDg1(files, passive);
  const subject: Subject = { files, at, crypto, trust, policy, passive, evidence, dg1 };
  const judged = CHECK_IDS.map((id) => ({ id, ...JUDGES[id](subject) }));
  const listed = listedOf(subject);
  const checks = judged.map(({ id, status, reason, detail }) =>
    applyListed({ id, status, reason, detail }, listed, policy.deviationRules),
  );
  return {
    verdict: verdictOf(checks, policy.required),
    checks,
    dataGroups: Object.fromEntries(
      [...passive.dataGroups].map(([group, hash]) => [group, { hash }]),
    ),
    document: documentFacts(dg1),
    signer: signerFacts(passive),
    deviations: [
      ...passive.deviations,
      ...judged.flatMap(({ deviations = [] }) => deviations),
      ...findProfileDeviations(passive),
      ...listFindings(trust),
      ...listedFindings(listed),
    ],
    access: accessFacts(subject),
  };
};

/** A list that nobody signed who is trusted says nothing; that it was there is said. */
const listFindings = ({ deviationLists }: TrustStore): readonly Deviation[] =>
  deviationLists
    .filter(({ trust }) => !trust.trusted)
    .map(({ origin }) => ({
      code: "DEVIATION_LIST_NOT_TRUSTED",
      where: origin ?? "deviation list",
    }));

/** DG1 counts only where the signed list vouches for it. */
const readDg1 = (files: ChipFiles, passive: PassiveAuthentication): Dg1Reading => {
  if (files.DG1 === undefined) return { reason: "DG1_NOT_READ" };
  if (!isCovered(passive, 1)) return { reason: "DG1_NOT_COVERED" };
  const { DG1: bytes } = files;
  const decoded = readable(() => decodeDg1(bytes));
  return decoded === undefined ? { reason: "DG1_MALFORMED" } : { mrz: decoded.mrz };
};

const documentFacts = (dg1: Dg1Reading): DocumentFacts => {
  const mrz = "mrz" in dg1 ? dg1.mrz : undefined;
  return {
    type: mrz?.format ?? null,
    documentCode: mrz?.documentCode ?? null,
    issuer: mrz?.issuer ?? null,
    number: mrz?.documentNumber ?? null,
    surname: mrz?.surname ?? null,
    givenNames: mrz?.givenNames ?? null,
    nationality: mrz?.nationality ?? null,
    birth: mrz?.dateOfBirth ?? null,
    sex: mrz?.sex ?? null,
    expiry: mrz?.dateOfExpiry ?? null,
  };
};

const signerFacts = ({ signer }: PassiveAuthentication): SignerFacts => {
  const { certificate, algorithm } = signer;
  const fact = (read: (known: NonNullable<typeof certificate>) => string | undefined) =>
    (certificate && readable(() => read(certificate))) ?? null;
  return {
    country: fact(({ subject }) => attributeOf(subject, ATTRIBUTE.countryName)),
    subject: fact(({ subject }) => formatName(subject)),
    serialNumber: fact(({ serialNumber }) => toHex(serialNumber)),
    notBefore: fact(({ validity }) => validity.notBefore.toISOString()),
    notAfter: fact(({ validity }) => validity.notAfter.toISOString()),
    signatureAlgorithm: algorithm === undefined ? null : formatSignatureAlgorithm(algorithm),
  };
};
