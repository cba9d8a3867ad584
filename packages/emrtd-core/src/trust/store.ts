import { equalBytes, toHex } from "../bytes.js";
import type { Certificate } from "../cms/certificate.js";
import { compareNames, type NameComparison, nameKey } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { SignerIdentifier } from "../cms/signer-info.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { readBitStringBytes } from "../der.js";
import { decodeTlv } from "../tlv.js";
import { readTrustSource, type TrustedCertificate, type TrustSource } from "./source.js";

/** A trusted certificate that may have issued another one, and what speaks for it. */
export interface IssuerCandidate {
  readonly anchor: TrustedCertificate;
  /** The certificate's authority key identifier is the identifier of the anchor's key. */
  readonly keyIdentifierMatches: boolean;
  /** How the certificate's issuer compares to the anchor's subject. */
  readonly name: NameComparison;
}

/**
 * What a verifier trusts: certificates of country signing authorities, and what came with them. Nothing
 * is decoded before it is needed, and nothing here has been believed because a document said it.
 */
export interface TrustStore {
  /** Certificates of authorities: those that may issue others. Their keys are the anchors. */
  readonly anchors: readonly TrustedCertificate[];
  /** Other certificates: signers that documents may name without carrying them. Trusted as nobody's issuer. */
  readonly signers: readonly TrustedCertificate[];
  /**
   * Anchors that may have issued a certificate, the likeliest first: by key identifier, then by name as
   * it stands, respelled or reordered. Each key comes once. Whether one did is for its signature to say.
   */
  issuersOf(certificate: Certificate): Iterable<IssuerCandidate>;
  /** Known certificates that a SignerInfo names. */
  signersNamed(sid: SignerIdentifier): readonly Certificate[];
}

/**
 * @throws EmrtdError `TRUST_SOURCE_INVALID` for a source that holds no certificate. A certificate whose
 *   key or extensions turn out unreadable later is no anchor for anything, and does not spoil the rest.
 */
export const createTrustStore = (
  sources: Iterable<TrustSource>,
  options: { readonly crypto?: CryptoProvider } = {},
): TrustStore => {
  const crypto = options.crypto ?? portableCrypto;
  const certificates = [...sources].flatMap(readTrustSource);
  const anchors = once(() => certificates.filter(({ certificate }) => isAuthority(certificate)));
  const signers = once(() => {
    const authorities = new Set(anchors());
    return certificates.filter((entry) => !authorities.has(entry));
  });
  const byKeyIdentifier = once(() =>
    groupBy(anchors(), ({ certificate }) => toHex(keyIdentifierOf(certificate, crypto))),
  );
  const byName = once(() => groupBy(anchors(), ({ certificate }) => nameKey(certificate.subject)));

  function* candidates(certificate: Certificate): Generator<IssuerCandidate> {
    const identifier = readable(() => certificate.authorityKeyIdentifier?.keyIdentifier);
    if (identifier !== undefined) {
      yield* ranked(byKeyIdentifier().get(toHex(identifier)), certificate, true);
    }
    yield* ranked(byName().get(nameKey(certificate.issuer)), certificate, false);
  }
  return {
    get anchors() {
      return anchors();
    },
    get signers() {
      return signers();
    },
    *issuersOf(certificate) {
      // The whole key information counts, parameters included, never the public point alone.
      const seen: Uint8Array[] = [];
      for (const candidate of candidates(certificate)) {
        const key = candidate.anchor.certificate.subjectPublicKeyInfo;
        if (seen.some((other) => equalBytes(other, key))) continue;
        seen.push(key);
        yield candidate;
      }
    },
    signersNamed: (sid) =>
      signers()
        .map(({ certificate }) => certificate)
        .filter(
          (certificate) =>
            (readable(() => compareSigner(certificate, sid)) ?? "different") !== "different",
        ),
  };
};

/** How a SignerInfo's identifier compares to a certificate. */
export const compareSigner = (certificate: Certificate, sid: SignerIdentifier): NameComparison => {
  if ("subjectKeyIdentifier" in sid) {
    const own = certificate.subjectKeyIdentifier;
    return own !== undefined && equalBytes(own, sid.subjectKeyIdentifier)
      ? "identical"
      : "different";
  }
  return equalBytes(withoutZeros(certificate.serialNumber), withoutZeros(sid.serialNumber))
    ? compareNames(certificate.issuer, sid.issuer)
    : "different";
};

/** Some encoders lead a serial number with more zeros than DER wants. */
const withoutZeros = (serial: Uint8Array): Uint8Array => {
  let start = 0;
  while (start < serial.length - 1 && serial[start] === 0) start++;
  return serial.subarray(start);
};

/**
 * Whether a certificate is one of an authority: basicConstraints says so, or keyUsage does; in the oldest
 * profile, with neither, it is issued by itself.
 */
const isAuthority = (certificate: Certificate): boolean =>
  readable(() => {
    const { basicConstraints, keyUsage } = certificate;
    if (basicConstraints !== undefined) return basicConstraints.cA;
    if (keyUsage !== undefined) return keyUsage.includes("keyCertSign");
    return equalBytes(certificate.issuer.bytes, certificate.subject.bytes);
  }) ?? false;

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
  anchors: readonly TrustedCertificate[] | undefined,
  certificate: Certificate,
  keyIdentifierMatches: boolean,
): readonly IssuerCandidate[] =>
  (anchors ?? [])
    .map((anchor) => ({
      anchor,
      keyIdentifierMatches,
      name:
        readable(() => compareNames(certificate.issuer, anchor.certificate.subject)) ?? "different",
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

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
