import { equalBytes } from "../bytes.js";
import { hashByOid } from "../cms/algorithm.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { type ChipFiles, type DataGroupNumber, dataGroupName } from "../lds/files.js";
import { decodeSod, type Sod } from "../lds/sod.js";
import type { TrustStore } from "../trust/store.js";
import type { DataGroupHash, Deviation } from "../verification/report.js";
import { judgeSigners, type PathOutcome } from "./document-signers.js";
import type { SignerAssessment } from "./signer.js";

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
