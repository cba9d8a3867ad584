import { equalBytes } from "../bytes.js";
import { hashByOid } from "../cms/algorithm.js";
import type { Certificate } from "../cms/certificate.js";
import { compareSigner } from "../cms/compare-signer.js";
import { readable } from "../cms/readable.js";
import type { Oid } from "../oid.js";
import { areOneAuthority, countryOf } from "../trust/authority.js";
import { DEFECT_STATUS_CODES, type KnownDefect } from "../trust/defect-list.js";
import { defectCategory, defectType } from "../trust/defect-types.js";
import type { DeviationDocuments, DocumentSignerIdentifier } from "../trust/deviation-documents.js";
import type { DeviationListTrust } from "../trust/deviation-list-trust.js";
import {
  type DeviatingFile,
  type DeviationParameter,
  formatDeviationParameter,
} from "../trust/deviation-parameter.js";
import { deviationType } from "../trust/deviation-types.js";
import type { Subject } from "./checks/judgement.js";
import type { ListedType } from "./deviation-rules.js";
import { issueTimeOf } from "./issue-time.js";

/** Something that a list says of a document. */
export interface Listed {
  readonly kind: "deviation" | "defect";
  readonly type: ListedType;
  /** The identifier, for types without a name. */
  readonly oid: Oid;
  /** Whether the list means this document for certain, by what is signed, or as far as can be told. */
  readonly certain: boolean;
  readonly parameters: readonly DeviationParameter[];
  /** The parameters in words. */
  readonly detail: string | null;
  readonly origin: string | undefined;
}

/** All that lists say of a document. Lists that are not trusted say nothing. */
export const listedOf = (subject: Subject): readonly Listed[] => [
  ...subject.trust.deviationLists.flatMap((list) => listedDeviations(list, subject)),
  ...listedDefects(subject),
];

const listedDeviations = (
  { list, origin, trust }: DeviationListTrust,
  subject: Subject,
): readonly Listed[] => {
  if (!trust.trusted || !isOfState(trust.anchor.certificate, subject)) return [];
  return list.deviations.flatMap(({ documents, descriptions }) => {
    const fit = fits(documents, subject, list.digestAlgorithm);
    if (fit === "no") return [];
    return descriptions.map(
      ({ type, parameter }): Listed => ({
        kind: "deviation",
        type: deviationType(type)?.name ?? "unknown",
        oid: type,
        certain: fit === "yes",
        parameters: parameter ? [parameter] : [],
        detail: parameter ? formatDeviationParameter(parameter) : null,
        origin,
      }),
    );
  });
};

/** A state speaks of its own documents, and of nobody else's. */
const isOfState = (authority: Certificate, { passive: { path, signer } }: Subject): boolean => {
  if (path.status === "passed") return areOneAuthority(authority, path.anchor.certificate);
  const { certificate } = signer;
  const country = certificate && countryOf({ subject: certificate.issuer });
  return country !== undefined && country === countryOf(authority);
};

type Fit = "yes" | "no" | "unknown";

/** Selectors are joined by AND; one that cannot be told leaves the whole open. */
const fits = (
  { documentType, documentNumbers, signer, issued }: DeviationDocuments,
  subject: Subject,
  digest: Oid | undefined,
): Fit => {
  const { dg1 } = subject;
  const mrz = "mrz" in dg1 ? dg1.mrz : undefined;
  const all: Fit[] = [];
  if (documentType !== undefined) {
    all.push(mrz ? fit(mrz.documentCode === documentType.replace(/<+$/, "")) : "unknown");
  }
  if (documentNumbers !== undefined) {
    all.push(mrz ? fit(documentNumbers.has(mrz.documentNumber)) : "unknown");
  }
  if (signer !== undefined) all.push(fitsSigner(signer, subject, digest));
  if (issued !== undefined) {
    const span = issueTimeOf(subject);
    if (span === undefined) all.push("unknown");
    else if (span.to < issued.first || span.from > issued.last) all.push("no");
    else all.push(span.from >= issued.first && span.to <= issued.last ? "yes" : "unknown");
  }
  return all.includes("no") ? "no" : all.includes("unknown") ? "unknown" : "yes";
};

const fit = (fits: boolean): Fit => (fits ? "yes" : "no");

const fitsSigner = (
  signer: DocumentSignerIdentifier,
  { passive, crypto }: Subject,
  digest: Oid | undefined,
): Fit => {
  const { certificate } = passive.signer;
  if (certificate === undefined) return "unknown";
  if ("certificateDigest" in signer) {
    const hash = digest === undefined ? undefined : hashByOid(digest);
    if (hash === undefined) return "unknown";
    return fit(equalBytes(crypto.hash(hash, certificate.bytes), signer.certificateDigest));
  }
  return fit((readable(() => compareSigner(certificate, signer)) ?? "different") !== "different");
};

const listedDefects = (subject: Subject): readonly Listed[] =>
  subject.trust.defectLists.flatMap(({ list, origin }) =>
    list.defects
      .filter(
        ({ signer, certificateHash }) =>
          fitsSigner(signer, subject, undefined) === "yes" &&
          (certificateHash === undefined ||
            fitsSigner({ certificateDigest: certificateHash }, subject, list.hashAlgorithm) ===
              "yes"),
      )
      .flatMap(({ knownDefects }) => knownDefects.map((defect) => listedDefect(defect, origin))),
  );

const listedDefect = (defect: KnownDefect, origin: string | undefined): Listed => {
  const { type, statusCode, dataGroups } = defect;
  const category = defectCategory(type);
  const parameters = (dataGroups ?? [])
    .filter((group) => group >= 1 && group <= 16)
    .map((group) => ({ file: group as DeviatingFile }));
  const texts = [
    ...(statusCode === undefined
      ? []
      : [DEFECT_STATUS_CODES[statusCode] ?? `status ${statusCode}`]),
    ...(dataGroups ?? []).map((group) => `DG${group}`),
  ];
  return {
    kind: "defect",
    type: defectType(type)?.name ?? (category === undefined ? "unknown" : `unknown ${category}`),
    oid: type,
    certain: true,
    parameters,
    detail: texts.length === 0 ? null : texts.join(", "),
    origin,
  };
};
