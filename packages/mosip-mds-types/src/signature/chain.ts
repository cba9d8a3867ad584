import { equalBytes } from "../bytes.js";
import { MdsError } from "../errors.js";
import { type Certificate, isSignedBy, parseCertificate } from "./certificate.js";

/** Longest way from a signer to an anchor. */
export const MAX_PATH = 8;
/** Most certificates that are tried as links, and signatures that are checked, for one signer. */
const MAX_LINKS = 32;
const MAX_CHECKS = 64;

/** Why a signer is not trusted. The first two leave the question open, the others answer it. */
export type ChainReason =
  | "NO_TRUST_ANCHOR"
  | "NO_PATH_TO_ANCHOR"
  | "CERTIFICATE_MALFORMED"
  | "CERTIFICATE_UNSUPPORTED"
  | "CERTIFICATE_SIGNATURE"
  | "CERTIFICATE_EXPIRED"
  | "CERTIFICATE_NOT_YET_VALID"
  | "CERTIFICATE_NOT_CA"
  | "CERTIFICATE_KEY_USAGE"
  | "CERTIFICATE_PATH_LENGTH";

export type ChainResult =
  | { readonly trusted: true; readonly path: readonly Certificate[] }
  | { readonly trusted: false; readonly reason: ChainReason };

/** A chain that could neither be shown nor refuted. */
export const isOpen = (reason: ChainReason): boolean =>
  reason === "NO_TRUST_ANCHOR" ||
  reason === "NO_PATH_TO_ANCHOR" ||
  reason === "CERTIFICATE_UNSUPPORTED";

const KEY_CERT_SIGN = 5;
const DIGITAL_SIGNATURE = 0;

/**
 * Whether a signer's certificate leads to one of the anchors at the time of signing.
 *
 * Names are compared byte for byte. Certificates on the way must be authorities; an anchor is trusted as
 * it is, dates and all, and may be the signer itself. Other certificates that came with the signature are
 * used as links and are never trusted by themselves.
 */
export const verifyChain = async (
  signer: Uint8Array,
  links: readonly Uint8Array[],
  anchors: readonly Certificate[],
  at: Date,
): Promise<ChainResult> => {
  try {
    const leaf = parseCertificate(signer);
    const bad = judgeDates(leaf, at) ?? judgeUsage(leaf, DIGITAL_SIGNATURE);
    if (bad !== undefined) {
      return refuse(bad);
    }
    if (anchors.length === 0) {
      return refuse("NO_TRUST_ANCHOR");
    }
    return await climb([leaf], readLinks(links), anchors, at, { left: MAX_CHECKS });
  } catch (error) {
    if (error instanceof MdsError) {
      return refuse(
        error.code === "CERTIFICATE_UNSUPPORTED" ? error.code : "CERTIFICATE_MALFORMED",
      );
    }
    throw error;
  }
};

/** Links that cannot be read are no links; they were not asked for. */
const readLinks = (links: readonly Uint8Array[]): readonly Certificate[] =>
  links.slice(0, MAX_LINKS).flatMap((bytes) => {
    try {
      return [parseCertificate(bytes)];
    } catch {
      return [];
    }
  });

const climb = async (
  path: readonly Certificate[],
  links: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
  checks: { left: number },
): Promise<ChainResult> => {
  // Cross-signed certificates could be put together in more ways than anybody wants to try.
  const signedBy = async (issuer: Certificate): Promise<boolean> =>
    checks.left-- > 0 && (await isSignedBy(top, issuer));
  const top = path[path.length - 1]!;
  if (anchors.some(({ bytes }) => equalBytes(bytes, top.bytes))) {
    return { trusted: true, path };
  }
  let reason: ChainReason = "NO_PATH_TO_ANCHOR";
  for (const anchor of anchors.filter(({ subject }) => equalBytes(subject, top.issuer))) {
    const bad = judgeAuthority(anchor, path.length - 1);
    if (bad === undefined && (await signedBy(anchor))) {
      return { trusted: true, path: [...path, anchor] };
    }
    reason = bad ?? "CERTIFICATE_SIGNATURE";
  }
  if (path.length === MAX_PATH) {
    return refuse(reason);
  }
  for (const link of links) {
    if (path.includes(link) || !equalBytes(link.subject, top.issuer)) {
      continue;
    }
    const bad = judgeAuthority(link, path.length - 1) ?? judgeDates(link, at);
    const above =
      bad === undefined && (await signedBy(link))
        ? await climb([...path, link], links, anchors, at, checks)
        : refuse(bad ?? "CERTIFICATE_SIGNATURE");
    if (above.trusted) {
      return above;
    }
    reason = above.reason;
  }
  return refuse(reason);
};

const judgeDates = (certificate: Certificate, at: Date): ChainReason | undefined => {
  if (at < certificate.notBefore) {
    return "CERTIFICATE_NOT_YET_VALID";
  }
  return at > certificate.notAfter ? "CERTIFICATE_EXPIRED" : undefined;
};

const judgeUsage = (certificate: Certificate, bit: number): ChainReason | undefined =>
  certificate.unknownCritical !== undefined
    ? "CERTIFICATE_UNSUPPORTED"
    : certificate.keyUsage?.[bit] === false
      ? "CERTIFICATE_KEY_USAGE"
      : undefined;

/** @param below authorities between this one and the signer. */
const judgeAuthority = (certificate: Certificate, below: number): ChainReason | undefined => {
  if (certificate.isCa !== true) {
    return "CERTIFICATE_NOT_CA";
  }
  if (certificate.pathLength !== undefined && below > certificate.pathLength) {
    return "CERTIFICATE_PATH_LENGTH";
  }
  return judgeUsage(certificate, KEY_CERT_SIGN);
};

const refuse = (reason: ChainReason): ChainResult => ({ trusted: false, reason });
