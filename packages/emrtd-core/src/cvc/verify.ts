import type { CryptoProvider } from "../crypto/provider.js";
import { limitAuthorization } from "./authorization.js";
import type { CvCertificate } from "./certificate.js";
import type { CvDate } from "./date.js";
import { limitApplicationRights } from "./extensions.js";
import { type CvKey, curveOf, readableKeyOf } from "./key.js";
import { CVC_LIMITS } from "./limits.js";
import { terminalAuthenticationProtocol } from "./protocol.js";
import { verifyPlainSignature } from "./signature.js";

/** Why a certificate is not imported. */
export const CV_REASONS = {
  AUTHORITY_UNKNOWN: "no key is known by the reference of its authority",
  AUTHORITY_EXPIRED:
    "the trust point that it names is out of date and good for link certificates only",
  SIGNATURE_INVALID: "the signature does not fit the body and the authority's key",
  EXPIRED: "its last day is before the current date",
  DATES_CONTRADICT: "it ends before it begins",
  ROLE_NOT_ISSUED: "its role is none that the authority may give",
  TERMINAL_TYPE_MISMATCH: "it is for another type of terminal than the authority's",
  ALGORITHM_MISMATCH: "its key is for another protocol than the authority's",
  DOMAIN_PARAMETERS_STATED: "it states domain parameters that it has to inherit",
  KEY_MALFORMED: "its key is no point of the curve, or of no known curve",
  REFERENCE_TAKEN: "its reference is that of a trust point",
  CHAIN_TOO_LONG: "more certificates come than a chain may have",
  CHAIN_EMPTY: "no certificate came",
} as const satisfies Record<string, string>;
export type CvReason = keyof typeof CV_REASONS;

/** All that a verifier without a clock remembers. The imported key is gone with the power. */
export interface CvVerifierState {
  /** The latest day that a trusted source has named. */
  readonly currentDate: CvDate;
  /** At most two, the one that came into effect last in front. */
  readonly trustPoints: readonly CvKey[];
  /** The one temporary key: of the document verifier or terminal whose certificate came last. */
  readonly imported?: CvKey;
}

export type CvImport =
  | { readonly status: "passed"; readonly key: CvKey; readonly state: CvVerifierState }
  | { readonly status: "failed"; readonly reason: CvReason };

const failed = (reason: CvReason): CvImport => ({ status: "failed", reason });

/** The key of a reference: the temporary one, or a trust point. */
export const cvKeyByReference = (
  { trustPoints, imported }: CvVerifierState,
  reference: string,
): CvKey | undefined =>
  [...(imported ? [imported] : []), ...trustPoints].find((key) => key.reference === reference);

/**
 * Verifies one certificate and imports its key (Doc 9303-11, 7.1.4.3): signature, dates, role, and what the
 * authority leaves of its rights. A link certificate becomes a trust point, even one that is out of date.
 * Certificates whose date can be relied upon move the current date on.
 */
export const importCvCertificate = (
  certificate: CvCertificate,
  state: CvVerifierState,
  crypto: CryptoProvider,
): CvImport => {
  const authority = cvKeyByReference(state, certificate.authorityReference);
  if (authority === undefined) return failed("AUTHORITY_UNKNOWN");
  const algorithm = terminalAuthenticationProtocol(authority.protocol)?.algorithm;
  const { body, signature, expirationDate, effectiveDate, authorization } = certificate;
  if (!algorithm || !verifyPlainSignature(authority.key, algorithm, body, signature, crypto)) {
    return failed("SIGNATURE_INVALID");
  }
  const isLink = authorization.role === "CVCA";
  if (!mayIssue(authority, certificate)) return failed("ROLE_NOT_ISSUED");
  if (effectiveDate > expirationDate) return failed("DATES_CONTRADICT");
  if (!isLink) {
    if (expirationDate < state.currentDate) return failed("EXPIRED");
    if (isExpiredTrustPoint(authority, state)) return failed("AUTHORITY_EXPIRED");
  }
  if (state.trustPoints.some(({ reference }) => reference === certificate.holderReference)) {
    return failed("REFERENCE_TAKEN");
  }
  const limited = limitTo(certificate, authority);
  return typeof limited === "string" ? failed(limited) : imported(limited, authority, state);
};

/** An authority issues links to itself and document verifiers, a document verifier issues terminals. */
const mayIssue = (authority: CvKey, { authorization: { role } }: CvCertificate): boolean => {
  switch (authority.authorization.role) {
    case "CVCA":
      return role !== "terminal";
    case "DV-domestic":
    case "DV-foreign":
      return role === "terminal";
    case "terminal":
      return false;
  }
};

const isExpiredTrustPoint = (authority: CvKey, { trustPoints, currentDate }: CvVerifierState) =>
  trustPoints.includes(authority) && authority.expirationDate < currentDate;

/** The key with the rights that the authority leaves it, or why it has none. */
const limitTo = (certificate: CvCertificate, authority: CvKey): CvKey | CvReason => {
  const { publicKey, authorization } = certificate;
  const isLink = authorization.role === "CVCA";
  // Only a link may change algorithm and parameters (Doc 9303-12, 4.2.1 and 7.2.2.3).
  if (!isLink && publicKey.protocol !== authority.protocol) return "ALGORITHM_MISMATCH";
  if (!isLink && publicKey.type === "EC" && publicKey.curve !== undefined) {
    return "DOMAIN_PARAMETERS_STATED";
  }
  const key = readableKeyOf(certificate, curveOf(authority));
  if (key === undefined) return "KEY_MALFORMED";
  const limited = limitAuthorization(authorization, authority.authorization);
  if (limited === undefined) return "TERMINAL_TYPE_MISMATCH";
  // A link replaces its authority's rights, all others have no more than them (7.1.4.3.6).
  return isLink
    ? key
    : {
        ...key,
        authorization: limited,
        applicationRights: limitApplicationRights(
          key.applicationRights,
          authority.applicationRights,
        ),
      };
};

/** What a chip has room for (7.1.4.3.2). */
const TRUST_POINTS = 2;

/** The later day first. */
const later = (a: CvDate, b: CvDate): number => (a === b ? 0 : a > b ? -1 : 1);

const imported = (key: CvKey, authority: CvKey, state: CvVerifierState): CvImport => {
  const isLink = key.authorization.role === "CVCA";
  // Dates of terminals are good where a domestic document verifier vouches for them (7.1.4.3.3).
  const accurate = authority.authorization.role !== "DV-foreign";
  const currentDate =
    accurate && key.effectiveDate > state.currentDate ? key.effectiveDate : state.currentDate;
  const { imported: _, ...rest } = state;
  if (!isLink) return { status: "passed", key, state: { ...rest, currentDate, imported: key } };
  const trustPoints = [key, ...state.trustPoints]
    .sort((a, b) => later(a.effectiveDate, b.effectiveDate))
    .slice(0, TRUST_POINTS);
  return { status: "passed", key, state: { ...rest, currentDate, trustPoints } };
};

/** What a chain of certificates comes to. */
export type CvChainResult =
  | { readonly status: "passed"; readonly key: CvKey; readonly state: CvVerifierState }
  | {
      readonly status: "failed";
      readonly reason: CvReason;
      /** Which certificate of the chain, from 0. */
      readonly at: number;
    };

/**
 * Verifies a chain, the certificate that a trust point signed first, the terminal's last.
 *
 * @returns the key of the last certificate with its effective rights, and what the verifier knows now; or
 *   why the chain does not hold, and then nothing of it counts.
 */
export const verifyCvChain = (
  certificates: readonly CvCertificate[],
  start: CvVerifierState,
  crypto: CryptoProvider,
): CvChainResult => {
  if (certificates.length > CVC_LIMITS.chain) {
    return { status: "failed", reason: "CHAIN_TOO_LONG", at: CVC_LIMITS.chain };
  }
  let state = start;
  let key: CvKey | undefined;
  for (const [at, certificate] of certificates.entries()) {
    const step = importCvCertificate(certificate, state, crypto);
    if (step.status === "failed") return { ...step, at };
    ({ state, key } = step);
  }
  return key === undefined
    ? { status: "failed", reason: "CHAIN_EMPTY", at: 0 }
    : { status: "passed", key, state };
};
