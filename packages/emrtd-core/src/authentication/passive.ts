import { equalBytes } from "../bytes.js";
import { hashByOid } from "../cms/algorithm.js";
import type { NameComparison } from "../cms/name.js";
import { type SignatureVerifier, verifySignature } from "../cms/signature.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { type ChipFiles, type DataGroupNumber, dataGroupName } from "../lds/files.js";
import { decodeSod, type Sod } from "../lds/sod.js";
import { type CertificationPath, findCertificationPath } from "../trust/path.js";
import type { TrustStore } from "../trust/store.js";
import type { DeviationCode } from "../verification/deviations.js";
import type { ReasonCode } from "../verification/reasons.js";
import type { DataGroupHash, Deviation } from "../verification/report.js";
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

/** Facts of passive authentication (Doc 9303-11, 5.1), before anything is concluded from them. */
export interface PassiveAuthentication {
  readonly sod: Sod | undefined;
  /** The signature of the document security object. */
  readonly signer: SignerAssessment;
  readonly path: PathOutcome;
  /** Each group that is listed or present, as far as it could be judged. */
  readonly dataGroups: ReadonlyMap<DataGroupNumber, DataGroupHash>;
  /** The listed hashes are of a kind that cannot be computed here. */
  readonly hashUnsupported: boolean;
  readonly deviations: readonly Deviation[];
}

/**
 * Passive authentication: who signed the list of hashes, whose certificate that is, and which files are
 * those that were hashed. Never throws for what the files hold.
 */
export const authenticatePassively = (
  files: ChipFiles,
  trust: TrustStore,
  crypto: CryptoProvider,
): PassiveAuthentication => {
  const opened = openSod(files.SOD);
  if ("reason" in opened) {
    return {
      sod: undefined,
      signer: { ...UNSIGNED, ...opened },
      path: { status: "undetermined", reason: opened.reason, tried: 0 },
      dataGroups: new Map(),
      hashUnsupported: false,
      deviations: [],
    };
  }
  const { sod } = opened;
  const hash = hashByOid(sod.hashAlgorithm);
  const judged = judgeSigners(sod, trust, crypto);
  return {
    sod,
    signer: judged.signer,
    path: judged.path,
    dataGroups: compareDataGroups(files, sod, (data) => hash && crypto.hash(hash, data)),
    hashUnsupported: hash === undefined,
    deviations: [...deviationsOfSod(sod), ...judged.deviations],
  };
};

/**
 * Whether a file is what the issuer signed: the signature stands and the file's hash is the listed one.
 * Whether the issuer is trusted is another question.
 */
export const isCovered = (passive: PassiveAuthentication, group: DataGroupNumber): boolean =>
  passive.signer.status === "passed" && passive.dataGroups.get(group) === "match";

const UNSIGNED: Omit<SignerAssessment, "status" | "reason"> = {
  certificate: undefined,
  algorithm: undefined,
  signingTime: undefined,
  deviations: [],
};

const openSod = (
  bytes: Uint8Array | undefined,
):
  | { readonly sod: Sod }
  | { readonly status: "failed" | "undetermined"; readonly reason: "NO_SOD" | "SOD_MALFORMED" } => {
  if (bytes === undefined) return { status: "undetermined", reason: "NO_SOD" };
  try {
    return { sod: decodeSod(bytes) };
  } catch (error) {
    // Whoever could make a forgery unreadable must not get away with less than a failure.
    if (error instanceof EmrtdError) return { status: "failed", reason: "SOD_MALFORMED" };
    throw error;
  }
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
  const best = judged.reduce((a, b) => (rank(b) < rank(a) ? b : a));
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

const limitedVerifier = (
  crypto: CryptoProvider,
  limit: number,
): { readonly verify: SignatureVerifier; readonly exhausted: () => boolean } => {
  let asked = 0;
  return {
    verify: (key, algorithm, message, signature) => {
      asked++;
      return asked <= limit && verifySignature(key, algorithm, message, signature, crypto);
    },
    exhausted: () => asked > limit,
  };
};

const ISSUER_DEVIATIONS = {
  identical: [],
  respelled: ["ISSUER_NAME_RESPELLED"],
  reordered: ["ISSUER_NAME_REORDERED"],
  different: ["ISSUER_NAME_DIFFERENT"],
} as const satisfies { readonly [name in NameComparison]: readonly DeviationCode[] };

const deviationsOfSod = (sod: Sod): readonly Deviation[] => {
  const where = "EF.SOD";
  return [
    ...(sod.signedData.definite ? [] : [{ code: "SOD_NOT_DER" as const, where }]),
    ...(sod.contentTypeIsStandard ? [] : [{ code: "SOD_CONTENT_TYPE" as const, where }]),
    ...(sod.dataGroupHashes.has(1) ? [] : [{ code: "DG1_NOT_LISTED" as const, where }]),
  ];
};

const GROUPS = /* @__PURE__ */ Array.from({ length: 16 }, (_, i) => (i + 1) as DataGroupNumber);

const compareDataGroups = (
  files: ChipFiles,
  sod: Sod,
  hash: (data: Uint8Array) => Uint8Array | undefined,
): ReadonlyMap<DataGroupNumber, DataGroupHash> => {
  const results = new Map<DataGroupNumber, DataGroupHash>();
  for (const group of GROUPS) {
    const file = files[dataGroupName(group)];
    const listed = sod.dataGroupHashes.get(group);
    if (file === undefined) {
      if (listed !== undefined) results.set(group, "not-read");
    } else if (listed === undefined) {
      results.set(group, "not-in-sod");
    } else {
      const computed = hash(file);
      if (computed === undefined) continue;
      results.set(group, equalBytes(computed, listed) ? "match" : "mismatch");
    }
  }
  return results;
};
