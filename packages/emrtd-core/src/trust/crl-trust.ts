import { equalBytes } from "../bytes.js";
import type { Certificate } from "../cms/certificate.js";
import type { Crl } from "../cms/crl.js";
import { limitedVerifier } from "../cms/limited-verifier.js";
import { compareNames } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { areOneAuthority } from "./authority.js";
import { findCertificationPath, type IssuerLookup } from "./path.js";
import type { GivenCrl } from "./read-source.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** Why a revocation list tells nothing. */
export type CrlRefusal =
  /** A field of it cannot be read. */
  | "CRL_MALFORMED"
  /** It is partial or indirect, or says something critical that is not known here. */
  | "CRL_UNSUPPORTED"
  /** No authority that is trusted signed it, or one that may not. */
  | "CRL_NOT_TRUSTED";

/** A revocation list, and whether it is to be believed. */
export type CrlTrust = { readonly crl: Crl; readonly origin: string | undefined } & (
  | {
      readonly trusted: true;
      /** Whose key signed it. */
      readonly issuer: TrustedCertificate;
      readonly thisUpdate: Date;
      readonly nextUpdate: Date | undefined;
    }
  | { readonly trusted: false; readonly reason: CrlRefusal }
);

export type TrustedCrl = Extract<CrlTrust, { trusted: true }>;

/** Signatures that are tried for one list. */
const MAX_SIGNATURES = 16;

/** Judges a revocation list (Doc 9303-12, D.1.2.3, c and d). Never throws for what it holds. */
export const judgeCrl = (
  { crl, origin }: GivenCrl,
  lookup: IssuerLookup,
  crypto: CryptoProvider,
): CrlTrust => {
  const given = { crl, origin };
  const times = readable(() => ({ thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate }));
  const unsupported = readable(() => crl.unsupportedExtensions);
  if (times === undefined || unsupported === undefined) {
    return { ...given, trusted: false, reason: "CRL_MALFORMED" };
  }
  if (unsupported.length > 0) return { ...given, trusted: false, reason: "CRL_UNSUPPORTED" };
  const { verify } = limitedVerifier(crypto, MAX_SIGNATURES);
  const path = readable(() => findCertificationPath(crl, lookup, verify));
  if (!path?.found || !maySignCrls(path.issuer)) {
    return { ...given, trusted: false, reason: "CRL_NOT_TRUSTED" };
  }
  return { ...given, ...times, trusted: true, issuer: path.issuer };
};

const maySignCrls = ({ certificate }: TrustedCertificate): boolean =>
  readable(() => certificate.keyUsage?.includes("cRLSign") ?? true) ?? false;

/**
 * Whether a revocation list is that of the authority that issued a certificate. One country has one
 * authority, so its country would do (Doc 9303-12, D.1.2.3, b); where certificates say more, that counts.
 */
export const speaksFor = (
  list: TrustedCrl,
  certificate: Certificate,
  issuedBy: Certificate,
): boolean =>
  isOwnList(list, certificate, issuedBy) || areOneAuthority(list.issuer.certificate, issuedBy);

/** Whether it is a list under the very name, or the very key, that issued the certificate. */
export const isOwnList = (
  { crl, issuer }: TrustedCrl,
  certificate: Certificate,
  issuedBy: Certificate,
): boolean =>
  equalBytes(issuer.certificate.subjectPublicKeyInfo, issuedBy.subjectPublicKeyInfo) ||
  [crl.issuer, ...(readable(() => crl.issuerAltNames) ?? [])].some(
    (name) => compareNames(name, certificate.issuer) !== "different",
  );

/** Authorities issue a list at least every 90 days (Doc 9303-12, 4.1.5). */
const LONGEST_PERIOD_MS = 90 * 24 * 60 * 60 * 1000;

/** The time after which a list is out of date; what it should state, or the longest that it may last. */
export const staleAfter = ({ thisUpdate, nextUpdate }: TrustedCrl): Date =>
  nextUpdate ?? new Date(thisUpdate.getTime() + LONGEST_PERIOD_MS);
