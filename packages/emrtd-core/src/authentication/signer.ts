import { equalBytes } from "../bytes.js";
import type { SignatureAlgorithm } from "../cms/algorithm.js";
import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { compareSigner } from "../cms/compare-signer.js";
import type { NameComparison } from "../cms/name.js";
import { readable } from "../cms/readable.js";
import type { SignatureVerifier } from "../cms/signature.js";
import type { SignerInfo } from "../cms/signer-info.js";
import { verifySignerInfo } from "../cms/verify-signer.js";
import { keyOfMisnamedCurve } from "../crypto/misnamed-curve.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { PublicKey } from "../crypto/public-key.js";
import { EmrtdError } from "../errors.js";
import type { Sod } from "../lds/sod.js";
import type { TrustStore } from "../trust/store.js";
import type { DeviationCode } from "../verification/deviations.js";
import type { ReasonCode } from "../verification/reasons.js";
import type { CheckStatus } from "../verification/report.js";

/** What became of one signer of a document security object. */
export interface SignerAssessment {
  readonly status: Exclude<CheckStatus, "not-applicable">;
  readonly reason: ReasonCode | null;
  /** The certificate whose key decided. */
  readonly certificate: Certificate | undefined;
  /** How the signature was made, once it has verified. */
  readonly algorithm: SignatureAlgorithm | undefined;
  readonly signingTime: Date | undefined;
  readonly deviations: readonly DeviationCode[];
}

/** A file that somebody signed: EF.SOD, or EF.CardSecurity. */
export type SignedFile = Pick<Sod, "signedData" | "encapsulated">;

/** How many certificates of a file are looked at, and how many of them are tried for one signer. */
export const SIGNER_LIMITS = { certificates: 32, tried: 4 } as const;

interface NamedCertificate {
  readonly certificate: Certificate;
  readonly deviations: readonly DeviationCode[];
}

/**
 * Finds the certificate of a signer and verifies the signature with its key. Never throws for what the
 * file holds: what cannot be read is a reason.
 */
export const assessSigner = (
  sod: SignedFile,
  signer: SignerInfo,
  options: {
    readonly trust: TrustStore;
    readonly crypto: CryptoProvider;
    readonly verify: SignatureVerifier;
  },
): SignerAssessment => {
  const signingTime = signer.signedAttributes?.signingTime;
  const unverified = { algorithm: undefined, signingTime, deviations: [] };
  let result: SignerAssessment = {
    ...unverified,
    status: "undetermined",
    reason: "SIGNER_CERTIFICATE_MISSING",
    certificate: undefined,
  };
  const candidates = candidatesOf(sod, signer, options.trust);
  for (const { certificate, deviations } of candidates.certificates) {
    const outcome = tryCertificate(sod, signer, certificate, options);
    if (outcome.status === "passed") {
      return { ...outcome, signingTime, deviations: [...deviations, ...outcome.deviations] };
    }
    // The first is the likeliest; what it says stands, unless another one verifies.
    if (result.certificate === undefined) result = { ...outcome, signingTime };
  }
  if (result.certificate !== undefined || candidates.missing === undefined) return result;
  const status = candidates.missing === "CERTIFICATE_MALFORMED" ? "failed" : "undetermined";
  return { ...result, status, reason: candidates.missing };
};

const tryCertificate = (
  sod: SignedFile,
  signer: SignerInfo,
  certificate: Certificate,
  options: { readonly crypto: CryptoProvider; readonly verify: SignatureVerifier },
): Omit<SignerAssessment, "signingTime"> => {
  const base = { certificate, algorithm: undefined, deviations: [] };
  try {
    const { key, deviations } = keyOf(certificate);
    const verification = verifySignerInfo(sod.encapsulated, signer, key, options);
    if (!verification.valid) return { ...base, status: "failed", reason: verification.reason };
    const { algorithm } = verification;
    const all = [...deviations, ...verification.deviations];
    return { status: "passed", reason: null, certificate, algorithm, deviations: all };
  } catch (error) {
    return { ...base, ...outcomeOfCertificateError(error) };
  }
};

/** @throws EmrtdError for a key that cannot be read, and is not of another curve than it names. */
const keyOf = (
  certificate: Certificate,
): { readonly key: PublicKey; readonly deviations: readonly DeviationCode[] } => {
  try {
    return { key: certificate.publicKey, deviations: [] };
  } catch (error) {
    const key = readable(() => keyOfMisnamedCurve(certificate.subjectPublicKeyInfo));
    if (key === undefined) throw error;
    return { key, deviations: ["KEY_CURVE_MISNAMED"] };
  }
};

/**
 * What it means that a key cannot be used. Foreign curve parameters are the mark of a forgery, an unknown
 * algorithm is a gap of ours.
 *
 * @throws the error itself where it is none of ours.
 */
export const outcomeOfCertificateError = (
  error: unknown,
): { readonly status: "failed" | "undetermined"; readonly reason: ReasonCode } => {
  if (!(error instanceof EmrtdError)) throw error;
  switch (error.code) {
    case "EC_PARAMETERS_UNKNOWN":
      return { status: "failed", reason: "EC_PARAMETERS_UNKNOWN" };
    case "ALGORITHM_UNKNOWN":
    case "CRYPTO_UNSUPPORTED":
      return { status: "undetermined", reason: "ALGORITHM_UNSUPPORTED" };
    case "CERTIFICATE_INVALID":
      return { status: "failed", reason: "CERTIFICATE_MALFORMED" };
    default:
      return { status: "failed", reason: "KEY_MALFORMED" };
  }
};

/**
 * Certificates that a signer may mean, likeliest first: those of the file that it names, else the only
 * one of the file, else those that are known from elsewhere.
 */
const candidatesOf = (sod: SignedFile, signer: SignerInfo, trust: TrustStore): Candidates => {
  const all = sod.signedData.certificates;
  const embedded = distinct(all.slice(0, SIGNER_LIMITS.certificates));
  const compared = embedded.flatMap((bytes) => compareEmbedded(bytes, signer) ?? []);
  const named = ORDER.flatMap((name) =>
    compared
      .filter((entry) => entry.name === name)
      .map(({ certificate }) => ({ certificate, deviations: NAME_DEVIATIONS[name] })),
  );
  if (named.length > 0) return { certificates: named.slice(0, SIGNER_LIMITS.tried) };
  const cut = all.length > SIGNER_LIMITS.certificates;
  const [only] = compared;
  if (only !== undefined && embedded.length === 1 && !cut) {
    const { certificate } = only;
    return { certificates: [{ certificate, deviations: ["SIGNER_IDENTIFIER_MISMATCH"] }] };
  }
  return {
    certificates: trust
      .signersNamed(signer.sid)
      .slice(0, SIGNER_LIMITS.tried)
      .map((certificate) => ({ certificate, deviations: ["SIGNER_CERTIFICATE_ABSENT"] })),
    missing:
      compared.length < embedded.length
        ? "CERTIFICATE_MALFORMED"
        : cut
          ? "LIMIT_EXCEEDED"
          : "SIGNER_CERTIFICATE_MISSING",
  };
};

const distinct = (encodings: readonly Uint8Array[]): readonly Uint8Array[] =>
  encodings.filter(
    (bytes, index) => !encodings.slice(0, index).some((earlier) => equalBytes(earlier, bytes)),
  );

interface Candidates {
  readonly certificates: readonly NamedCertificate[];
  /** Why the one that is named may not be among them. */
  readonly missing?: "CERTIFICATE_MALFORMED" | "LIMIT_EXCEEDED" | "SIGNER_CERTIFICATE_MISSING";
}

const ORDER = ["identical", "respelled", "reordered"] as const;
const NAME_DEVIATIONS = {
  identical: [],
  respelled: ["SIGNER_NAME_RESPELLED"],
  reordered: ["SIGNER_NAME_REORDERED"],
} as const satisfies { readonly [name in (typeof ORDER)[number]]: readonly DeviationCode[] };

/** Undefined for a certificate that cannot be read: it may stand beside the right one. */
const compareEmbedded = (
  bytes: Uint8Array,
  signer: SignerInfo,
): { readonly certificate: Certificate; readonly name: NameComparison } | undefined =>
  readable(() => {
    const certificate = decodeCertificate(bytes);
    return { certificate, name: compareSigner(certificate, signer.sid) };
  });
