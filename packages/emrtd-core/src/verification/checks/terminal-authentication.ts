import type { TerminalAuthenticationEvidence } from "../../authentication/evidence.js";
import { isBoundTo, verifyTerminalAuthentication } from "../../authentication/terminal-verify.js";
import { readable } from "../../cms/readable.js";
import { decodeDg14 } from "../../lds/dg14.js";
import type { SecurityInfoType } from "../../lds/security-protocols.js";
import { accessEvidence } from "./access-control.js";
import { promisesOf } from "./chip-authentication.js";
import { chipKeyFile } from "./chip-key-file.js";
import {
  failed,
  type Judge,
  type Judgement,
  notApplicable,
  passed,
  type Subject,
  undetermined,
} from "./judgement.js";

const PROMISES: ReadonlySet<SecurityInfoType | undefined> = /* @__PURE__ */ new Set([
  "TerminalAuthenticationInfo",
]);

/**
 * Whether the terminal proved to the chip that it may read fingerprints and irises (Doc 9303-11, 7.1). It
 * says nothing of the document, and does not decide.
 */
export const judgeTerminalAuthentication: Judge = (subject) => {
  const proof = subject.evidence.find((item) => item.protocol === "terminal-authentication");
  if (proof) return judgeProof(subject, proof);
  const file = chipKeyFile(subject, 14);
  if ("judgement" in file) return file.judgement;
  const promised = promisesOf("covered" in file ? file.covered : file.uncovered, PROMISES);
  return promised ? undetermined("NOT_ATTEMPTED") : notApplicable("NOT_OFFERED");
};

const judgeProof = (subject: Subject, proof: TerminalAuthenticationEvidence): Judgement => {
  const { evidence, crypto, files } = subject;
  const { authorityReferences, step, statusWord } = proof;
  const result = verifyTerminalAuthentication(proof, { crypto });
  const facts = { authorities: authorityReferences, step, statusWord };
  if (result.status === "undetermined") return undetermined(result.reason, facts);
  const { DG14 } = files;
  const infos = (DG14 && readable(() => decodeDg14(DG14).securityInfos)) ?? [];
  if (result.status === "failed" || !isBoundTo(proof, evidence, infos, crypto)) {
    return failed("TERMINAL_PROOF_INVALID", facts);
  }
  const { holderReference, authorization } = result.terminal;
  const { outcomes = {} } = accessEvidence(subject) ?? {};
  return passed({
    ...facts,
    terminal: holderReference,
    // Of the terminal's own certificate: what the chip left of them shows what could be read.
    rights: authorization.rights,
    read: (["DG3", "DG4"] as const).filter((group) => outcomes[group] === "read"),
  });
};
