import { equalBytes } from "../bytes.js";
import type { Certificate } from "../cms/certificate.js";
import { ATTRIBUTE, attributeOf } from "../cms/name.js";
import { readable } from "../cms/readable.js";

/**
 * Whether a certificate is one of an authority: basicConstraints says so, or keyUsage does; in the oldest
 * profile, with neither, it is issued by itself.
 */
export const isAuthority = (certificate: Certificate): boolean =>
  readable(() => {
    const { basicConstraints, keyUsage } = certificate;
    if (basicConstraints !== undefined) return basicConstraints.cA;
    if (keyUsage !== undefined) return keyUsage.includes("keyCertSign");
    return equalBytes(certificate.issuer.bytes, certificate.subject.bytes);
  }) ?? false;

/**
 * Whether a certificate may stand between an anchor and what it is to vouch for. It is not trusted by
 * itself, so it must say that it is an authority's, and nothing critical that is not known. That the
 * length of a path is limited to 0 does not count: a link certificate says so too (Doc 9303-12, 7.1.1.5).
 */
export const mayLink = (certificate: Certificate): boolean =>
  readable(() => {
    const { basicConstraints, keyUsage, unknownCriticalExtensions } = certificate;
    return (
      unknownCriticalExtensions.length === 0 &&
      (basicConstraints?.cA ?? keyUsage?.includes("keyCertSign") ?? false) &&
      (keyUsage?.includes("keyCertSign") ?? true)
    );
  }) ?? false;

/**
 * Whether a certificate of an authority is signed by another key than its own: a link certificate, as far
 * as it says itself (Doc 9303-12, 7.1.1.5).
 */
export const isLinkCertificate = (certificate: Certificate): boolean =>
  isAuthority(certificate) &&
  (readable(() => {
    const { subjectKeyIdentifier: own, authorityKeyIdentifier: signed } = certificate;
    return (
      (own !== undefined &&
        signed?.keyIdentifier !== undefined &&
        !equalBytes(own, signed.keyIdentifier)) ||
      !equalBytes(certificate.issuer.bytes, certificate.subject.bytes)
    );
  }) ??
    false);

/** The country that a name names, in capitals; undefined where it names none. */
export const countryOf = ({ subject }: Pick<Certificate, "subject">): string | undefined =>
  readable(() => attributeOf(subject, ATTRIBUTE.countryName))
    ?.trim()
    .toUpperCase() || undefined;

/** An authority vouches for another one of its own country only. */
export const sameCountryOf = (a: Certificate, b: Certificate): boolean => {
  const country = countryOf(a);
  return country !== undefined && country === countryOf(b);
};

/**
 * Whether two authorities can be one whose key or name has changed: of one country, and with the same
 * codes as the MRZ has them, where both state these. Several authorities share the country of China.
 */
export const areOneAuthority = (a: Certificate, b: Certificate): boolean => {
  if (equalBytes(a.subjectPublicKeyInfo, b.subjectPublicKeyInfo)) return true;
  const [left, right] = [alternativeCodes(a), alternativeCodes(b)];
  return sameCountryOf(a, b) && (left === "" || right === "" || left === right);
};

const alternativeCodes = (certificate: Certificate): string =>
  readable(() => certificate.subjectAltNames)
    ?.flatMap((name) => [
      attributeOf(name, ATTRIBUTE.localityName),
      attributeOf(name, ATTRIBUTE.stateOrProvinceName),
    ])
    .filter((code) => code !== undefined)
    .join(" ")
    .toUpperCase() ?? "";
