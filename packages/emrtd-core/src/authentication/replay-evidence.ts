import { readable } from "../cms/readable.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { decodeSubjectPublicKeyInfo } from "../crypto/public-key.js";
import { EmrtdError } from "../errors.js";
import { decodeCardSecurity } from "../lds/card-security.js";
import { decodeDg14 } from "../lds/dg14.js";
import { decodeDg15 } from "../lds/dg15.js";
import type { ChipFiles } from "../lds/files.js";
import { activeAuthenticationHash, verifyActiveAuthentication } from "./active.js";
import { mappingKeyOf, verifyChipAuthenticationMapping } from "./chip-authentication-mapping.js";
import type { ChipEvidence } from "./evidence.js";
import { verifyTerminalAuthentication } from "./terminal-verify.js";
import { verifyChipAuthentication } from "./verify-chip-authentication.js";

/** Evidence that a chip proved itself, or the terminal; how the chip was opened is no proof. */
export type ProofEvidence = Exclude<ChipEvidence, { protocol: "access-control" }>;

/** What one piece of evidence comes to when it is computed again. */
export interface ReplayedProof {
  readonly protocol: ProofEvidence["protocol"];
  /** `undetermined`: the chip gave no proof, or the file with its key is not there. */
  readonly status: "passed" | "failed" | "undetermined";
}

/**
 * Computes each proof again from bytes, on whatever machine: the keys of the chip are taken from the files
 * as they are. That somebody signed these files is another question, which `verifyDocument` answers.
 */
export const replayEvidence = (
  evidence: readonly ChipEvidence[],
  files: ChipFiles,
  options: { readonly crypto?: CryptoProvider } = {},
): ReplayedProof[] => {
  const { crypto = portableCrypto } = options;
  return evidence.flatMap((item) =>
    item.protocol === "access-control"
      ? []
      : [{ protocol: item.protocol, status: replay(item, files, crypto) }],
  );
};

const replay = (
  item: ProofEvidence,
  files: ChipFiles,
  crypto: CryptoProvider,
): ReplayedProof["status"] => {
  try {
    return replayProof(item, files, crypto);
  } catch (error) {
    // A key that cannot be read, or is on no known curve, proves nothing.
    if (error instanceof EmrtdError) return "failed";
    throw error;
  }
};

const replayProof = (
  item: ProofEvidence,
  { DG14, DG15, CardSecurity }: ChipFiles,
  crypto: CryptoProvider,
): ReplayedProof["status"] => {
  switch (item.protocol) {
    case "active-authentication": {
      if (!DG15) return "undetermined";
      const key = decodeSubjectPublicKeyInfo(decodeDg15(DG15).publicKey);
      return verifyActiveAuthentication(item, key, { crypto, hash: statedHash(DG14) }).status;
    }
    case "chip-authentication":
      if (!DG14) return "undetermined";
      return verifyChipAuthentication(item, decodeDg14(DG14).securityInfos, crypto).status;
    case "chip-authentication-mapping": {
      if (!CardSecurity) return "undetermined";
      const key = mappingKeyOf(decodeCardSecurity(CardSecurity).securityInfos, item.parameterId);
      return key && verifyChipAuthenticationMapping(item, key, crypto) ? "passed" : "failed";
    }
    case "terminal-authentication":
      return verifyTerminalAuthentication(item, { crypto }).status;
  }
};

const statedHash = (dg14: Uint8Array | undefined) => {
  const info = dg14 && readable(() => decodeDg14(dg14))?.securityInfos.find(isSigningInfo);
  return info && activeAuthenticationHash(info.signatureAlgorithm);
};

type Info = ReturnType<typeof decodeDg14>["securityInfos"][number];
const isSigningInfo = (info: Info): info is Extract<Info, { type: "ActiveAuthenticationInfo" }> =>
  info.type === "ActiveAuthenticationInfo";
