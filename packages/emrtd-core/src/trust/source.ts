import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { EmrtdError } from "../errors.js";
import { decodePem, isPem } from "./pem.js";

/** Something that is given to be trusted. The caller vouches for it: nothing in a document can. */
export interface CertificateSource {
  readonly type: "certificate";
  /** One certificate as DER, or one and more as PEM text. */
  readonly bytes: Uint8Array;
  /** Where it came from, for reports: a file's name, the name of a list. */
  readonly origin?: string;
}
export type TrustSource = CertificateSource;

/** What a source comes to once it is read. */
export interface TrustedCertificate {
  readonly certificate: Certificate;
  readonly origin: string | undefined;
}

/**
 * Reads a source. Its bytes are copied: what is trusted does not change when a buffer does.
 *
 * @throws EmrtdError `TRUST_SOURCE_INVALID` with the origin, where there is no certificate in it.
 */
export const readTrustSource = (source: TrustSource): readonly TrustedCertificate[] => {
  const { bytes, origin } = source;
  const where = origin === undefined ? "a certificate to trust" : origin;
  let certificates: readonly Certificate[];
  try {
    const encodings = isPem(bytes)
      ? decodePem(bytes, "CERTIFICATE", "X509 CERTIFICATE")
      : [bytes.slice()];
    certificates = encodings.map(decodeCertificate);
  } catch (cause) {
    if (!(cause instanceof EmrtdError)) throw cause;
    throw new EmrtdError(
      "TRUST_SOURCE_INVALID",
      `expected an X.509 certificate in ${where}: ${cause.message}`,
      { cause },
    );
  }
  if (certificates.length === 0) {
    throw new EmrtdError("TRUST_SOURCE_INVALID", `expected a certificate in ${where}, found none`);
  }
  return certificates.map((certificate) => ({ certificate, origin }));
};
