import type { PassiveAuthentication } from "../authentication/passive.js";
import type { Certificate } from "../cms/certificate.js";
import { ATTRIBUTE, attributeOf, type Name } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import { TAG } from "../der.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import { isLinkCertificate } from "../trust/authority.js";
import type { DeviationCode } from "./deviations.js";
import { type CertificateRole, EXTENSION_PROFILE } from "./extension-profile.js";
import type { Deviation } from "./report.js";

/**
 * What the certificates of the path have otherwise than their profile (Doc 9303-12, 7.1.1): findings, none
 * of which decides anything. Certificates of older editions (Appendix C) have some of them by right.
 */
export const findProfileDeviations = ({
  signer,
  path,
}: Pick<PassiveAuthentication, "signer" | "path">): readonly Deviation[] => {
  const certificates: [Certificate, CertificateRole][] = [];
  if (signer.status === "passed" && signer.certificate !== undefined) {
    certificates.push([signer.certificate, "document signer"]);
  }
  if (path.status === "passed") {
    for (const { certificate } of path.links) certificates.push([certificate, "link certificate"]);
    certificates.push([path.anchor.certificate, roleOfAnchor(path.anchor.certificate)]);
  }
  return certificates.flatMap(([certificate, role]) => [
    ...RULES.filter(({ holds }) => readable(() => holds(certificate, role)) === false).map(
      ({ code }) => ({ code, where: role }),
    ),
    ...(readable(() => findExtensionDeviations(certificate, role)) ?? []),
  ]);
};

/** A list holds link certificates too. */
const roleOfAnchor = (certificate: Certificate): CertificateRole =>
  isLinkCertificate(certificate) ? "link certificate" : "authority";

interface ProfileRule {
  readonly code: DeviationCode;
  /** A rule whose field cannot be read is not judged. */
  readonly holds: (certificate: Certificate, role: CertificateRole) => boolean;
}

const RULES: readonly ProfileRule[] = [
  { code: "PROFILE_VERSION", holds: ({ version }) => version === 3 },
  { code: "PROFILE_SERIAL_NUMBER", holds: ({ serialNumber }) => isSerialNumber(serialNumber) },
  {
    code: "PROFILE_COUNTRY_NAME",
    holds: ({ issuer, subject }) => [issuer, subject].every(hasCountryName),
  },
  {
    code: "PROFILE_COUNTRIES_DIFFER",
    holds: ({ issuer, subject }) => countryName(issuer) === countryName(subject),
  },
  {
    code: "PROFILE_COMMON_NAME",
    holds: ({ issuer, subject }) =>
      [issuer, subject].every((name) => attributeOf(name, ATTRIBUTE.commonName) !== undefined),
  },
  {
    code: "PROFILE_NAME_TYPE",
    holds: ({ issuer, subject }) => [issuer, subject].every(hasRightTypes),
  },
  {
    code: "PROFILE_TIME_ENCODING",
    holds: (certificate) => timesOf(certificate).every(isRightTime),
  },
  { code: "PROFILE_UNIQUE_IDENTIFIER", holds: (certificate) => !hasUniqueIdentifier(certificate) },
  {
    code: "PROFILE_NAMED_CURVE",
    holds: ({ publicKey }) => publicKey.type !== "EC" || publicKey.explicitParameters,
  },
  {
    code: "PROFILE_HASH_ALGORITHM",
    // Of the signer's certificate SHA1_USED says the same.
    holds: ({ signatureAlgorithm }, role) =>
      role === "document signer" || signatureAlgorithm.hash !== "SHA-1",
  },
  {
    code: "PROFILE_KEY_USAGE",
    holds: ({ keyUsage }, role) =>
      keyUsage === undefined || keyUsage.join() === RIGHT_KEY_USAGE[role],
  },
  {
    code: "PROFILE_PATH_LENGTH",
    holds: ({ basicConstraints }) =>
      basicConstraints === undefined ||
      !basicConstraints.cA ||
      basicConstraints.pathLenConstraint === 0,
  },
  {
    code: "PROFILE_ALTERNATIVE_NAME",
    holds: ({ subjectAltNames, issuerAltNames }) =>
      [subjectAltNames, issuerAltNames].every(
        (names) => names.length === 0 || names.some(hasCountryCode),
      ),
  },
];

const RIGHT_KEY_USAGE: { readonly [role in CertificateRole]: string } = {
  "document signer": "digitalSignature",
  "link certificate": "keyCertSign,cRLSign",
  authority: "keyCertSign,cRLSign",
};

/** Positive, in the fewest bytes, at most 20. */
const isSerialNumber = ([first = 0, second, ...rest]: Uint8Array): boolean =>
  first < 0x80 && rest.length <= 18 && (first !== 0 || (second !== undefined && second >= 0x80));

const countryName = (name: Name): string | undefined => attributeOf(name, ATTRIBUTE.countryName);

const hasCountryName = (name: Name): boolean => /^[A-Z]{2}$/.test(countryName(name) ?? "");

const PRINTABLE: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set([ATTRIBUTE.countryName, ATTRIBUTE.serialNumber]))();

/** The attributes that DirectoryString is the type of are not told apart from the few others. */
const hasRightTypes = (name: Name): boolean =>
  name.rdns
    .flat()
    .every(({ type, tag }) =>
      PRINTABLE.has(type)
        ? tag === TAG.printableString
        : tag === TAG.printableString || tag === TAG.utf8String || tag === TAG.ia5String,
    );

/** The code as the MRZ has it: one to three letters. */
const hasCountryCode = (name: Name): boolean =>
  /^[A-Z]{1,3}$/.test(attributeOf(name, ATTRIBUTE.localityName) ?? "");

const UTC_TIME = /^\d{12}Z$/;
const GENERALIZED_TIME = /^(?:20[5-9]\d|2[1-9]\d\d|[3-9]\d{3})\d{10}Z$/;

/** Whole seconds of UTC: UTCTime through 2049, GeneralizedTime after. */
const isRightTime = ({ tag, value }: Tlv): boolean => {
  const text = String.fromCharCode(...value.subarray(0, 32));
  return tag === TAG.utcTime ? UTC_TIME.test(text) : GENERALIZED_TIME.test(text);
};

/** Fields of tbsCertificate after version, which they are counted from. */
const fieldsOf = ({ signedBytes }: Certificate): readonly Tlv[] => {
  const fields = decodeTlv(signedBytes).children();
  return fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
};

const timesOf = (certificate: Certificate): readonly Tlv[] =>
  fieldsOf(certificate)[3]?.children() ?? [];

const hasUniqueIdentifier = (certificate: Certificate): boolean =>
  fieldsOf(certificate)
    .slice(6)
    .some(({ tag }) => [0x81, 0xa1, 0x82, 0xa2].includes(tag));

const findExtensionDeviations = (
  { extensions }: Certificate,
  role: CertificateRole,
): readonly Deviation[] =>
  EXTENSION_PROFILE.flatMap(({ id, name, presence, critical }): Deviation[] => {
    const found = extensions.find((extension) => extension.id === id);
    const where = `${role}: ${name}`;
    if (found === undefined) {
      return presence[role] === "m" ? [{ code: "PROFILE_EXTENSION_ABSENT", where }] : [];
    }
    if (presence[role] === "x") return [{ code: "PROFILE_EXTENSION_FORBIDDEN", where }];
    return found.critical === critical ? [] : [{ code: "PROFILE_CRITICALITY", where }];
  });
