import {
  ATTRIBUTE,
  attributeOf,
  type Certificate,
  EmrtdError,
  formatName,
  formatSignatureAlgorithm,
  isLinkCertificate,
  type OpenedMasterList,
  toHex,
} from "@org/emrtd-core/trust";

/** A certificate of a master list; null for what cannot be read of it. */
export interface CertificateEntry {
  readonly subject: string | null;
  /** Hexadecimal. */
  readonly serialNumber: string | null;
  readonly keyIdentifier: string | null;
  /** ISO 8601. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** How its issuer signed it. */
  readonly signatureAlgorithm: string | null;
  /** Signed by an older key of the authority. */
  readonly link: boolean;
}

export interface CountryEntry {
  /** Two letters, in capitals; null for authorities that name no country. */
  readonly country: string | null;
  readonly certificates: readonly CertificateEntry[];
}

/** What `emrtd master-list` answers. */
export interface MasterListDocument {
  readonly trusted: boolean;
  /** Why it is not trusted. */
  readonly reason: string | null;
  readonly signer: CertificateEntry | null;
  readonly signingTime: string | null;
  readonly version: number;
  readonly certificates: number;
  /** Entries that are no certificates. */
  readonly unreadable: number;
  readonly countries: readonly CountryEntry[];
}

export const describeMasterList = (list: OpenedMasterList): MasterListDocument => {
  const { trust, version, certificates, unreadable, signingTime } = list;
  const countries = new Map<string, CertificateEntry[]>();
  for (const certificate of certificates) {
    const country = countryOf(certificate);
    const entries = countries.get(country) ?? [];
    countries.set(country, entries);
    entries.push(describeCertificate(certificate));
  }
  return {
    trusted: trust.trusted,
    reason: trust.trusted ? null : trust.reason,
    signer: trust.trusted ? describeCertificate(trust.signer) : null,
    signingTime: signingTime?.toISOString() ?? null,
    version,
    certificates: certificates.length,
    unreadable,
    countries: [...countries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([country, entries]) => ({ country: country || null, certificates: entries })),
  };
};

const countryOf = (certificate: Certificate): string =>
  readable(() => attributeOf(certificate.subject, ATTRIBUTE.countryName))
    ?.trim()
    .toUpperCase() ?? "";

const describeCertificate = (certificate: Certificate): CertificateEntry => ({
  subject: readable(() => formatName(certificate.subject)),
  serialNumber: readable(() => toHex(certificate.serialNumber)),
  keyIdentifier: readable(() => hexOf(certificate.subjectKeyIdentifier)),
  notBefore: readable(() => certificate.validity.notBefore.toISOString()),
  notAfter: readable(() => certificate.validity.notAfter.toISOString()),
  signatureAlgorithm: readable(() => formatSignatureAlgorithm(certificate.signatureAlgorithm)),
  link: isLinkCertificate(certificate),
});

const hexOf = (bytes: Uint8Array | undefined): string | null => (bytes ? toHex(bytes) : null);

/** Authorities of many years and makers stand in a list; one odd field spoils no row. */
const readable = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof EmrtdError) return null;
    throw error;
  }
};
