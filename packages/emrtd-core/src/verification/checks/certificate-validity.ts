import type { Certificate, Validity } from "../../cms/certificate.js";
import { readable } from "../../cms/readable.js";
import { EmrtdError } from "../../errors.js";
import type { DeviationCode } from "../deviations.js";
import { overlaps, signingTimeOf, type TimeSpan } from "../issue-time.js";
import type { ReasonCode } from "../reasons.js";
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
 * its validity is made to outlast the documents (Doc 9303-12, 4.1.1.1). A policy may have it judged at the
 * time of signing instead, as far as that is known.
 *
 * The issuer's certificate is never judged at the time of reading, which it need not outlast, but when it
 * issued the signer's, and only as a finding. What is said of the time of signing is a finding too: it
 * proves nothing.
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
  const { at, policy } = subject;
  const signing = signingTimeOf(subject);
  const judged: JudgedTime =
    policy.signerValidAt === "signing" && signing !== undefined
      ? { ...signing, because: signing.source }
      : { from: at, to: at, because: "reading" };
  const detail = {
    judgedAt: judged.from.toISOString(),
    judgedBecause: judged.because,
    ...isoPeriod(certificate.validity),
    signing: readable(() => signing && signingDetail(signing, certificate)) ?? null,
    issuer: readable(() => issuerDetail(certificate, subject)) ?? null,
    keyUsage: certificate.keyUsage ?? null,
    unknownCriticalExtensions: certificate.unknownCriticalExtensions,
    explanation: EXPLANATIONS[judged.because],
  };
  const deviations = findDeviations(certificate, subject, signing).map((code) => ({
    code,
    where: SIGNER,
  }));
  const reason = reasonAgainst(certificate, judged);
  return { ...(reason === undefined ? passed(detail) : failed(reason, detail)), deviations };
};

/** The time, or the span in which it lies, at which the certificate must be valid. */
interface JudgedTime extends Pick<TimeSpan, "from" | "to"> {
  readonly because: "reading" | TimeSpan["source"];
}

const ISSUER_WORDS =
  "its issuer's certificate was judged when it issued this one, and at no other time";

/** The choice of the time in words, for whoever reads the report. */
const EXPLANATIONS: { readonly [because in JudgedTime["because"]]: string } =
  /* @__PURE__ */ (() => ({
    reading: `the signer's certificate was judged at the time of reading; ${ISSUER_WORDS}`,
    "signing-time": `the signer's certificate was judged at the time of signing that the signer states; ${ISSUER_WORDS}`,
    "date-of-issue": `the signer's certificate was judged at the date of issue in DG12; ${ISSUER_WORDS}`,
    "key-usage-period": `the signer's certificate was judged at the time of signing, estimated by the period in which its key was in use; ${ISSUER_WORDS}`,
  }))();

const reasonAgainst = (
  certificate: Certificate,
  { from, to }: JudgedTime,
): ReasonCode | undefined => {
  const { notBefore, notAfter } = certificate.validity;
  if (certificate.unknownCriticalExtensions.length > 0) return "CRITICAL_EXTENSION_UNKNOWN";
  if (!maySignDocuments(certificate)) return "CERTIFICATE_USAGE";
  if (to < notBefore) return "NOT_YET_VALID";
  if (from > notAfter) return "EXPIRED";
  return undefined;
};

/**
 * An authority issues other certificates too: for lists, for servers, for bar codes. keyUsage must allow
 * signatures where it stands, and extKeyUsage must not, unless document types are listed (Doc 9303-11,
 * 5.1.1). Signers of bar codes may list these as well (Doc 9303-12, 7.1.3): what the standard gives another
 * purpose signs no document.
 */
const maySignDocuments = (certificate: Certificate): boolean => {
  const { keyUsage, extKeyUsage } = certificate;
  if (!(keyUsage?.includes("digitalSignature") ?? true)) return false;
  if (extKeyUsage === undefined) return true;
  return (
    !extKeyUsage.some((purpose) => purpose.startsWith(ICAO_SECURITY)) &&
    readable(() => certificate.documentTypeList) !== undefined
  );
};

/** Arc of the purposes that Doc 9303 knows: lists, records of LDS2, bar codes. None is a document's. */
const ICAO_SECURITY = "2.23.136.1.1.";

const findDeviations = (
  certificate: Certificate,
  subject: Subject,
  signing: TimeSpan | undefined,
): DeviationCode[] => {
  const found: DeviationCode[] = [];
  if (certificate.keyUsage === undefined) found.push("KEY_USAGE_ABSENT");
  if (readable(() => certificate.signatureAlgorithm)?.hash === "SHA-1") found.push("SHA1_USED");
  const stated = signing !== undefined && signing.source !== "key-usage-period";
  if (stated && !overlaps(signing, certificate.validity)) {
    found.push(
      signing.source === "signing-time"
        ? "SIGNED_OUTSIDE_VALIDITY"
        : "DATE_OF_ISSUE_OUTSIDE_VALIDITY",
    );
  }
  const usage = readable(() => ({ period: certificate.privateKeyUsagePeriod }));
  if (signing?.source === "signing-time" && usage?.period && !overlaps(signing, usage.period)) {
    found.push("SIGNED_OUTSIDE_KEY_USAGE");
  }
  const issuer = readable(() => issuerValidity(subject));
  if (issuer && !isWithin(certificate.validity.notBefore, issuer)) {
    found.push("ISSUED_OUTSIDE_VALIDITY");
  }
  const types = readable(() => ({ list: certificate.documentTypeList }));
  if (usage === undefined || types === undefined) found.push("EXTENSION_MALFORMED");
  if (!listsDocumentType(types?.list, subject)) found.push("DOCUMENT_TYPE_NOT_LISTED");
  return found;
};

const isWithin = (time: Date, { notBefore, notAfter }: Validity): boolean =>
  time >= notBefore && time <= notAfter;

/** A single letter stands for all types that begin with it (Doc 9303-12, 7.1.1.6). */
const listsDocumentType = (list: readonly string[] | undefined, { dg1 }: Subject): boolean =>
  list === undefined ||
  !("mrz" in dg1) ||
  list.some((type) =>
    type.length === 1
      ? dg1.mrz.documentCode.startsWith(type)
      : dg1.mrz.documentCode === type.replace("<", ""),
  );

const signingDetail = (signing: TimeSpan, certificate: Certificate) => {
  const period = certificate.privateKeyUsagePeriod;
  return {
    source: signing.source,
    from: signing.from.toISOString(),
    to: signing.to.toISOString(),
    withinValidity: overlaps(signing, certificate.validity),
    withinKeyUsage: period === undefined ? null : overlaps(signing, period),
  };
};

const issuerValidity = ({ passive: { path } }: Subject): Validity | undefined =>
  path.status === "passed" ? path.issuer.certificate.validity : undefined;

const issuerDetail = (certificate: Certificate, subject: Subject) => {
  const validity = issuerValidity(subject);
  const { notBefore } = certificate.validity;
  return (
    validity && {
      ...isoPeriod(validity),
      judgedAt: notBefore.toISOString(),
      within: isWithin(notBefore, validity),
    }
  );
};

const isoPeriod = ({ notBefore, notAfter }: Validity): Record<string, string> => ({
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
});
