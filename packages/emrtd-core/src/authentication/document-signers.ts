import { limitedVerifier } from "../cms/limited-verifier.js";
import type { NameComparison } from "../cms/name.js";
import type { SignatureVerifier } from "../cms/signature.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { type CertificationPath, findCertificationPath } from "../trust/path.js";
import type { TrustStore } from "../trust/store.js";
import type { DeviationCode } from "../verification/deviations.js";
import type { ReasonCode } from "../verification/reasons.js";
import type { Deviation } from "../verification/report.js";
import {
  assessSigner,
  outcomeOfCertificateError,
  type SignedFile,
  type SignerAssessment,
} from "./signer.js";

/**
 * What one document may cost: a file can name hundreds of signers and certificates, and each
 * signature costs milliseconds. Real documents need two to four.
 */
export const PASSIVE_AUTHENTICATION_LIMITS = { signers: 4, signatures: 40 } as const;

/** The path of the signer's certificate, or why there was none to look for. */
export type PathOutcome =
  | ({ readonly status: "passed" } & Extract<CertificationPath, { found: true }>)
  | {
      readonly status: "failed" | "undetermined";
      readonly reason: ReasonCode;
      readonly tried: number;
    };

/** Who signed a file, and whose certificate that is. */
export interface JudgedSigner {
  readonly signer: SignerAssessment;
  readonly path: PathOutcome;
}

/**
 * Of several signers the best one counts: whoever adds a signature to a document takes nothing from
 * those that are there.
 */
export const judgeSigners = (
  sod: SignedFile,
  trust: TrustStore,
  crypto: CryptoProvider,
): JudgedSigner & { readonly deviations: readonly Deviation[] } => {
  const { signerInfos } = sod.signedData;
  const limit = PASSIVE_AUTHENTICATION_LIMITS;
  const { verify, exhausted } = limitedVerifier(crypto, limit.signatures);
  const judged = signerInfos.slice(0, limit.signers).map((info): JudgedSigner => {
    const signer = assessSigner(sod, info, { trust, crypto, verify });
    return { signer, path: judgePath(signer, trust, verify) };
  });
  const [first = NOBODY, ...others] = judged;
  const best = others.reduce((a, b) => (rank(b) < rank(a) ? b : a), first);
  const incomplete = exhausted() || signerInfos.length > limit.signers;
  const { signer, path } = incomplete ? leaveOpen(best) : best;
  return {
    signer,
    path,
    deviations: [
      ...signer.deviations.map((code) => ({ code, where: "EF.SOD" })),
      ...judged
        .filter((other) => signer.status === "passed" && other.signer.status !== "passed")
        .map(() => ({ code: "SIGNER_UNVERIFIED" as const, where: "EF.SOD" })),
      ...(path.status === "passed"
        ? ISSUER_DEVIATIONS[path.name].map((code) => ({ code, where: "document signer" }))
        : []),
    ],
  };
};

const judgePath = (
  signer: SignerAssessment,
  trust: TrustStore,
  verify: SignatureVerifier,
): PathOutcome => {
  if (signer.status !== "passed" || signer.certificate === undefined) {
    return { status: "undetermined", reason: "SOD_NOT_VERIFIED", tried: 0 };
  }
  try {
    const path = findCertificationPath(signer.certificate, trust, verify);
    if (path.found) return { status: "passed", ...path };
    const status = path.reason === "NO_TRUST_ANCHOR" ? "undetermined" : "failed";
    return { status, reason: path.reason, tried: path.tried };
  } catch (error) {
    return { ...outcomeOfCertificateError(error), tried: 0 };
  }
};

/** A trusted signer before one that a trusted key denies, that before an unknown one, that before none. */
const rank = ({ signer, path }: JudgedSigner): number =>
  signer.status === "passed"
    ? ["passed", "failed", "undetermined"].indexOf(path.status)
    : 3 + ["failed", "undetermined"].indexOf(signer.status);

/** What was not proved when the limit was reached might have been: only what passed stands. */
const leaveOpen = ({ signer, path }: JudgedSigner): JudgedSigner => ({
  signer:
    signer.status === "passed"
      ? signer
      : { ...signer, status: "undetermined", reason: "LIMIT_EXCEEDED" },
  path:
    path.status === "passed"
      ? path
      : { status: "undetermined", reason: "LIMIT_EXCEEDED", tried: path.tried ?? 0 },
});

/** A file that is signed by no one. */
const NOBODY: JudgedSigner = {
  signer: {
    status: "undetermined",
    reason: "SIGNER_CERTIFICATE_MISSING",
    certificate: undefined,
    algorithm: undefined,
    signingTime: undefined,
    deviations: [],
  },
  path: { status: "undetermined", reason: "SOD_NOT_VERIFIED", tried: 0 },
};

const ISSUER_DEVIATIONS = {
  identical: [],
  respelled: ["ISSUER_NAME_RESPELLED"],
  reordered: ["ISSUER_NAME_REORDERED"],
  different: ["ISSUER_NAME_DIFFERENT"],
} as const satisfies { readonly [name in NameComparison]: readonly DeviationCode[] };
