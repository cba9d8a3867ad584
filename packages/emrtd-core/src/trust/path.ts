import { equalBytes } from "../bytes.js";
import type { NameComparison } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { SignatureVerifier } from "../cms/signature.js";
import { mayLink, sameCountryOf } from "./authority.js";
import type { Issued, IssuerCandidate } from "./issuers.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** Where issuers are looked for. */
export interface IssuerLookup {
  /**
   * Anchors that may have issued something, the likeliest first: by key identifier, then by name as it
   * stands, respelled or reordered. Each key comes once. Whether one did is for its signature to say.
   */
  issuersOf(issued: Issued): Iterable<IssuerCandidate>;
  /** The same of certificates that are trusted only if a path leads on from them to an anchor. */
  linksOf(issued: Issued): Iterable<IssuerCandidate>;
}

export type CertificationPath =
  | {
      readonly found: true;
      readonly anchor: TrustedCertificate;
      /** Link certificates between what was issued and the anchor, in that order; mostly none. */
      readonly links: readonly TrustedCertificate[];
      /** Whose key signed: the first of the links, or the anchor. */
      readonly issuer: TrustedCertificate;
      /** How the stated issuer compares to the issuer's subject. */
      readonly name: NameComparison;
      readonly matchedBy: "key-identifier" | "name";
    }
  | {
      readonly found: false;
      readonly reason: "NO_TRUST_ANCHOR" | "ISSUER_SIGNATURE_INVALID";
      /** Anchors whose key was tried. */
      readonly tried: number;
    };

type FoundPath = Extract<CertificationPath, { found: true }>;

/** Link certificates of one path at most. A key is renewed every three to five years. */
export const MAX_LINKS = 4;

/**
 * Looks for the anchor that vouches for something: the issuer itself, as Doc 9303-12, D.1 has it, or an
 * older key of the same authority, from which link certificates lead to the issuer (7.1.1.5). Names and
 * key identifiers propose, the signature decides. Dates are not looked at.
 *
 * `ISSUER_SIGNATURE_INVALID`: an anchor has the key identifier and the name that are given for the issuer,
 * and did not sign. A name alone does not tell: authorities keep it when they change keys.
 *
 * @throws EmrtdError where fields of what was issued cannot be read, or name an unknown algorithm.
 */
export const findCertificationPath = (
  issued: Issued,
  trust: IssuerLookup,
  verify: SignatureVerifier,
): CertificationPath => {
  const direct = findAnchor(issued, trust, verify);
  if (direct.found) return direct;
  return findThroughLinks(issued, trust, verify, []) ?? direct;
};

const findAnchor = (
  issued: Issued,
  trust: IssuerLookup,
  verify: SignatureVerifier,
): CertificationPath => {
  let tried = 0;
  let contradicted = false;
  for (const candidate of trust.issuersOf(issued)) {
    const signed = hasSigned(candidate, issued, verify);
    if (signed === undefined) continue;
    tried++;
    if (signed) return { ...foundBy(candidate), anchor: candidate.anchor, links: [] };
    contradicted ||= candidate.keyIdentifierMatches && candidate.name !== "different";
  }
  const reason = contradicted ? "ISSUER_SIGNATURE_INVALID" : "NO_TRUST_ANCHOR";
  return { found: false, reason, tried };
};

/** Goes on from each certificate whose key signed, never to a key that the path has already. */
const findThroughLinks = (
  issued: Issued,
  trust: IssuerLookup,
  verify: SignatureVerifier,
  below: readonly TrustedCertificate[],
): FoundPath | undefined => {
  if (below.length === MAX_LINKS) return undefined;
  for (const candidate of trust.linksOf(issued)) {
    const { certificate } = candidate.anchor;
    if (!mayLink(certificate) || below.some((link) => haveOneKey(link, candidate.anchor))) continue;
    if (hasSigned(candidate, issued, verify) !== true) continue;
    const above = readable(
      () =>
        pathOf(findAnchor(certificate, trust, verify)) ??
        findThroughLinks(certificate, trust, verify, [...below, candidate.anchor]),
    );
    if (above === undefined || !sameCountryOf(certificate, above.issuer.certificate)) continue;
    return {
      ...foundBy(candidate),
      anchor: above.anchor,
      links: [candidate.anchor, ...above.links],
    };
  }
  return undefined;
};

/** Undefined where the key cannot be read, or has foreign curve parameters: it vouches for nothing. */
const hasSigned = (
  { anchor }: IssuerCandidate,
  { signatureAlgorithm, signedBytes, signature }: Issued,
  verify: SignatureVerifier,
): boolean | undefined => {
  const key = readable(() => anchor.certificate.publicKey);
  return key && verify(key, signatureAlgorithm, signedBytes, signature);
};

const foundBy = ({ anchor, keyIdentifierMatches, name }: IssuerCandidate) =>
  ({
    found: true,
    issuer: anchor,
    name,
    matchedBy: keyIdentifierMatches ? "key-identifier" : "name",
  }) as const;

const pathOf = (path: CertificationPath): FoundPath | undefined => (path.found ? path : undefined);

const haveOneKey = (a: TrustedCertificate, b: TrustedCertificate): boolean =>
  equalBytes(a.certificate.subjectPublicKeyInfo, b.certificate.subjectPublicKeyInfo);
