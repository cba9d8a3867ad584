import type { PathOutcome } from "../../authentication/document-signers.js";
import { toHex } from "../../bytes.js";
import type { Certificate } from "../../cms/certificate.js";
import type { RevokedCertificate } from "../../cms/crl-entry.js";
import { formatName } from "../../cms/name.js";
import { readable } from "../../cms/readable.js";
import { countryOf } from "../../trust/authority.js";
import {
  type CrlTrust,
  isOwnList,
  speaksFor,
  staleAfter,
  type TrustedCrl,
} from "../../trust/crl-trust.js";
import { signingTimeOf } from "../issue-time.js";
import type { Deviation } from "../report.js";
import {
  failed,
  type Judge,
  type Judgement,
  passed,
  type Subject,
  undetermined,
} from "./judgement.js";

/**
 * Whether the issuer took a certificate of the path back (Doc 9303-12, 4.1.5 and D.1.2): the signer's, or
 * one of the authority's own. The newest list that an anchor of the authority signed decides, and beside it
 * the newest under the issuer's own name: of two authorities that share a country one does not list what
 * the other issued. A list that is out of date still tells what it lists, and no more that the rest stands.
 */
export const judgeRevocation: Judge = (subject) => {
  const { passive, trust } = subject;
  const { path, signer } = passive;
  if (path.status !== "passed" || signer.certificate === undefined) {
    return undetermined(path.status === "passed" ? "SOD_NOT_VERIFIED" : path.reason);
  }
  const { certificate } = signer;
  const issuedBy = path.issuer.certificate;
  const deviations = findingsOf(trust.crls, issuedBy);
  const lists = trust.crls.filter(
    (crl): crl is TrustedCrl => crl.trusted && speaksFor(crl, certificate, issuedBy),
  );
  const newest = newestOf(lists);
  if (newest === undefined) return { ...undetermined("NO_CRL"), deviations };
  const own = newestOf(lists.filter((crl) => isOwnList(crl, certificate, issuedBy)));
  const judged = [newest, ...(own === undefined || own === newest ? [] : [own])].map((list) =>
    judgeBy(list, certificate, path, subject),
  );
  const revoked = judged.find(({ detail }) => "certificate" in detail);
  const current = judged.find(({ status }) => status === "passed");
  return { ...(revoked ?? current ?? judged[0]!), deviations };
};

const newestOf = (lists: readonly TrustedCrl[]): TrustedCrl | undefined =>
  lists.reduce<TrustedCrl | undefined>(
    (a, b) => (a === undefined || b.thisUpdate > a.thisUpdate ? b : a),
    undefined,
  );

type Path = Extract<PathOutcome, { status: "passed" }>;

/** A detail `certificate` says which one of the path the list names. */
const judgeBy = (
  list: TrustedCrl,
  signer: Certificate,
  path: Path,
  subject: Subject,
): Judgement => {
  const detail = { crl: crlDetail(list) };
  const chain = [
    { certificate: signer, role: "document signer" },
    ...path.links.map(({ certificate }) => ({ certificate, role: "link certificate" })),
    { certificate: path.anchor.certificate, role: "authority" },
  ];
  for (const { certificate, role } of chain) {
    const entry = readable(() => ({ found: list.crl.entryOf(certificate.serialNumber) }));
    // What cannot be read of it is why and since when, not that it is listed.
    if (entry === undefined) return failed("REVOKED", { ...detail, certificate: role });
    if (entry.found !== undefined) {
      return judgeEntry(entry.found, { ...detail, certificate: role }, subject);
    }
  }
  return subject.at > staleAfter(list) ? undetermined("CRL_STALE", detail) : passed(detail);
};

const judgeEntry = (
  entry: RevokedCertificate,
  facts: Judgement["detail"],
  subject: Subject,
): Judgement => {
  const { revocationDate, invalidityDate, reason } = entry;
  const signing = signingTimeOf(subject);
  const since =
    invalidityDate !== undefined && invalidityDate < revocationDate
      ? invalidityDate
      : revocationDate;
  const signedBefore = signing === undefined ? null : signing.to < since;
  const detail = {
    ...facts,
    serialNumber: toHex(entry.serialNumber),
    revocationDate: revocationDate.toISOString(),
    invalidityDate: invalidityDate?.toISOString() ?? null,
    reason: reason ?? null,
    signedBefore,
  };
  const lenient = subject.policy.revokedAfterSigning === "undetermined" && signedBefore === true;
  return lenient ? undetermined("REVOKED_AFTER_SIGNING", detail) : failed("REVOKED", detail);
};

const crlDetail = ({ crl, origin, thisUpdate, nextUpdate }: TrustedCrl) => ({
  issuer: readable(() => formatName(crl.issuer)) ?? null,
  origin: origin ?? null,
  thisUpdate: thisUpdate.toISOString(),
  nextUpdate: nextUpdate?.toISOString() ?? null,
});

/** Lists of the issuer's country that tell nothing, and those that leave out by when the next one comes. */
const findingsOf = (crls: readonly CrlTrust[], issuedBy: Certificate): readonly Deviation[] =>
  crls
    .filter(({ crl }) =>
      [countryOf(issuedBy), undefined].includes(countryOf({ subject: crl.issuer })),
    )
    .flatMap((entry): Deviation[] => {
      const where = entry.origin ?? "revocation list";
      if (!entry.trusted) return [{ code: entry.reason, where }];
      return entry.nextUpdate === undefined ? [{ code: "CRL_NEXT_UPDATE_ABSENT", where }] : [];
    });
