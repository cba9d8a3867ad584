import { equalBytes, toHex } from "../bytes.js";
import type { Certificate } from "../cms/certificate.js";
import { compareNames, type NameComparison, nameKey } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { readBitStringBytes } from "../der.js";
import { decodeTlv } from "../tlv.js";
import { once } from "./once.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** Something that an authority has signed: a certificate, a revocation list. */
export type Issued = Pick<
  Certificate,
  "issuer" | "authorityKeyIdentifier" | "signatureAlgorithm" | "signedBytes" | "signature"
>;

/** A certificate that may have issued something, and what speaks for it. */
export interface IssuerCandidate {
  readonly anchor: TrustedCertificate;
  /** The authority key identifier is the identifier of the candidate's key. */
  readonly keyIdentifierMatches: boolean;
  /** How the stated issuer compares to the candidate's subject. */
  readonly name: NameComparison;
}

/**
 * Finds likely issuers among certificates: by key identifier, then by name as it stands, respelled or
 * reordered. Whether one is the issuer is for its signature to say. The indexes are made when the first
 * issuer is looked for.
 */
export const issuerFinder = (
  entries: () => readonly TrustedCertificate[],
  crypto: CryptoProvider,
): ((issued: Issued) => Generator<IssuerCandidate>) => {
  const byKeyIdentifier = once(() =>
    groupBy(entries(), ({ certificate }) => toHex(keyIdentifierOf(certificate, crypto))),
  );
  const byName = once(() => groupBy(entries(), ({ certificate }) => nameKey(certificate.subject)));
  return function* find(issued) {
    const identifier = readable(() => issued.authorityKeyIdentifier?.keyIdentifier);
    const identified = identifier && byKeyIdentifier().get(toHex(identifier));
    yield* ranked(identified, issued, true);
    const others = byName()
      .get(nameKey(issued.issuer))
      ?.filter((entry) => !identified?.includes(entry));
    yield* ranked(others, issued, false);
  };
};

/** Each key once. The whole key information counts, parameters included, never the public point alone. */
export function* distinctKeys(candidates: Iterable<IssuerCandidate>): Generator<IssuerCandidate> {
  const seen: Uint8Array[] = [];
  for (const candidate of candidates) {
    const key = candidate.anchor.certificate.subjectPublicKeyInfo;
    if (seen.some((other) => equalBytes(other, key))) continue;
    seen.push(key);
    yield candidate;
  }
}

/** subjectKeyIdentifier, or what RFC 5280, 4.2.1.2 makes one of: SHA-1 of the public key. */
const keyIdentifierOf = (certificate: Certificate, crypto: CryptoProvider): Uint8Array => {
  const stated = certificate.subjectKeyIdentifier;
  if (stated !== undefined) return stated;
  const [, key] = decodeTlv(certificate.subjectPublicKeyInfo).children();
  return key === undefined
    ? new Uint8Array()
    : crypto.hash("SHA-1", readBitStringBytes(key, "subjectPublicKey"));
};

const RANK: readonly NameComparison[] = ["identical", "respelled", "reordered", "different"];

const ranked = (
  entries: readonly TrustedCertificate[] | undefined,
  issued: Issued,
  keyIdentifierMatches: boolean,
): readonly IssuerCandidate[] =>
  (entries ?? [])
    .map((anchor) => ({
      anchor,
      keyIdentifierMatches,
      name: readable(() => compareNames(issued.issuer, anchor.certificate.subject)) ?? "different",
    }))
    .sort((a, b) => RANK.indexOf(a.name) - RANK.indexOf(b.name));

/** Entries by key; one whose key cannot be read is left out. */
const groupBy = (
  entries: readonly TrustedCertificate[],
  keyOf: (entry: TrustedCertificate) => string,
): ReadonlyMap<string, readonly TrustedCertificate[]> => {
  const groups = new Map<string, TrustedCertificate[]>();
  for (const entry of entries) {
    const key = readable(() => keyOf(entry));
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
};
