import type { Certificate, Validity } from "../../cms/certificate.js";
import type { PrivateKeyUsagePeriod } from "../../cms/extensions.js";
import { readable } from "../../cms/readable.js";
import { EmrtdError } from "../../errors.js";
import type { DeviationCode } from "../deviations.js";
import {
  failed,
  type Judge,
  type Judgement,
  passed,
  type Subject,
  undetermined,
} from "./judgement.js";

const SIGNER = "document signer";

/**
 * Whether the signer's certificate is one for signing documents, and valid when the document is judged:
 * its validity is made to outlast the documents (Doc 9303-12, 4.1.1.1). The authority's certificate is
 * not judged at that time, which it need not outlast, but at the issue of the signer's, and only as a
 * finding. What a signer says of its signing time proves nothing and is a finding too.
 */
export const judgeCertificateValidity: Judge = (subject) => {
  const { certificate, status, reason } = subject.passive.signer;
  if (status !== "passed" || certificate === undefined) {
    return undetermined(reason === "NO_SOD" ? "NO_SOD" : "SOD_NOT_VERIFIED");
  }
  try {
    return judge(certificate, subject);
  } catch (error) {
    if (error instanceof EmrtdError) return failed("CERTIFICATE_MALFORMED");
    throw error;
  }
};

const judge = (certificate: Certificate, subject: Subject): Judgement => {
  const { validity, unknownCriticalExtensions } = certificate;
  const detail = {
    judgedAt: subject.at.toISOString(),
    ...isoPeriod(validity),
    signingTime: subject.passive.signer.signingTime?.toISOString() ?? null,
    keyUsage: certificate.keyUsage ?? null,
    unknownCriticalExtensions,
    anchor: readable(() => anchorPeriod(subject)) ?? null,
  };
  const deviations = findDeviations(certificate, subject).map((code) => ({ code, where: SIGNER }));
  const reason = reasonAgainst(certificate, subject.at);
  return { ...(reason === undefined ? passed(detail) : failed(reason, detail)), deviations };
};

const reasonAgainst = (certificate: Certificate, at: Date) => {
  const { notBefore, notAfter } = certificate.validity;
  if (certificate.unknownCriticalExtensions.length > 0) return "CRITICAL_EXTENSION_UNKNOWN";
  if (!maySignDocuments(certificate)) return "CERTIFICATE_USAGE";
  if (at < notBefore) return "NOT_YET_VALID";
  if (at > notAfter) return "EXPIRED";
  return undefined;
};

/**
 * An authority issues other certificates too: for lists, for servers. keyUsage must allow signatures
 * where it stands, and extKeyUsage must not, unless document types are listed (Doc 9303-11, 5.1.1).
 */
const maySignDocuments = (certificate: Certificate): boolean =>
  (certificate.keyUsage?.includes("digitalSignature") ?? true) &&
  (certificate.extKeyUsage === undefined ||
    readable(() => certificate.documentTypeList) !== undefined);

const findDeviations = (certificate: Certificate, subject: Subject): DeviationCode[] => {
  const { signingTime } = subject.passive.signer;
  const found: DeviationCode[] = [];
  if (certificate.keyUsage === undefined) found.push("KEY_USAGE_ABSENT");
  if (readable(() => certificate.signatureAlgorithm)?.hash === "SHA-1") found.push("SHA1_USED");
  if (signingTime !== undefined && !isWithin(signingTime, certificate.validity)) {
    found.push("SIGNED_OUTSIDE_VALIDITY");
  }
  const usage = readable(() => ({ period: certificate.privateKeyUsagePeriod }));
  if (signingTime !== undefined && !isWithin(signingTime, usage?.period)) {
    found.push("SIGNED_OUTSIDE_KEY_USAGE");
  }
  const anchor = readable(() => anchorValidity(subject));
  if (!isWithin(certificate.validity.notBefore, anchor)) found.push("ISSUED_OUTSIDE_VALIDITY");
  const types = readable(() => ({ list: certificate.documentTypeList }));
  if (usage === undefined || types === undefined) found.push("EXTENSION_MALFORMED");
  if (!listsDocumentType(types?.list, subject)) found.push("DOCUMENT_TYPE_NOT_LISTED");
  return found;
};

const isWithin = (time: Date, period: PrivateKeyUsagePeriod | undefined): boolean =>
  (period?.notBefore === undefined || time >= period.notBefore) &&
  (period?.notAfter === undefined || time <= period.notAfter);

/** A single letter stands for all types that begin with it (Doc 9303-12, 7.1.1.6). */
const listsDocumentType = (list: readonly string[] | undefined, { dg1 }: Subject): boolean =>
  list === undefined ||
  !("mrz" in dg1) ||
  list.some((type) =>
    type.length === 1
      ? dg1.mrz.documentCode.startsWith(type)
      : dg1.mrz.documentCode === type.replace("<", ""),
  );

const anchorValidity = ({ passive: { path } }: Subject): Validity | undefined =>
  path.status === "passed" ? path.anchor.certificate.validity : undefined;

const anchorPeriod = (subject: Subject): Record<string, string> | undefined => {
  const validity = anchorValidity(subject);
  return validity && isoPeriod(validity);
};

const isoPeriod = ({ notBefore, notAfter }: Validity): Record<string, string> => ({
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
});
