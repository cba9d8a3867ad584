import { paceOffers } from "../../access/pace-offers.js";
import type {
  ChipAuthenticationEvidence,
  ChipAuthenticationMappingEvidence,
} from "../../authentication/evidence.js";
import { outcomeOfCertificateError } from "../../authentication/signer.js";
import { verifyChipAuthentication } from "../../authentication/verify-chip-authentication.js";
import { readable } from "../../cms/readable.js";
import { decodeDg14 } from "../../lds/dg14.js";
import {
  type SecurityInfoType,
  securityInfoType,
  securityProtocolName,
} from "../../lds/security-protocols.js";
import { judgeChipAuthenticationMapping } from "./chip-authentication-mapping.js";
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
  "ChipAuthenticationInfo",
  "ChipAuthenticationPublicKeyInfo",
]);

/**
 * Whether the chip proved to own a static key: one of DG14 (Doc 9303-11, 6.2), or that of EF.CardSecurity
 * by chip authentication mapping (4.4.3.5). Of two proofs a failed one counts, then one that passed.
 */
export const judgeChipAuthentication: Judge = (subject) => {
  const { evidence } = subject;
  const mapping = evidence.find(
    (item): item is ChipAuthenticationMappingEvidence =>
      item.protocol === "chip-authentication-mapping",
  );
  const byKey = judgeKeyOfDg14(subject);
  if (!mapping) return byKey;
  const byMapping = judgeChipAuthenticationMapping(subject, mapping);
  const judgements = [byMapping, byKey];
  return (
    judgements.find(({ status }) => status === "failed") ??
    judgements.find(({ status }) => status === "passed") ??
    byMapping
  );
};

const judgeKeyOfDg14 = (subject: Subject): Judgement => {
  const file = chipKeyFile(subject, 14);
  if ("judgement" in file) return file.judgement;
  const promised = promisesOf("covered" in file ? file.covered : file.uncovered, PROMISES);
  if ("uncovered" in file) {
    return promised === false ? notApplicable("NOT_OFFERED") : undetermined("KEY_NOT_COVERED");
  }
  if (promised === undefined) return failed("KEY_MALFORMED", file.detail);
  if (!promised) {
    // Who leaves chip authentication mapping out, or lets a copy leave it out, has proved no chip.
    return promisesMapping(file.covered)
      ? undetermined("NOT_ATTEMPTED", file.detail)
      : notApplicable("NOT_OFFERED");
  }
  const proof = subject.evidence.find(
    (item): item is ChipAuthenticationEvidence => item.protocol === "chip-authentication",
  );
  if (!proof) return undetermined("NOT_ATTEMPTED", file.detail);
  return judgeProof(subject, proof, file.covered, file.detail);
};

const judgeProof = (
  { crypto }: Subject,
  proof: ChipAuthenticationEvidence,
  dg14: Uint8Array,
  facts: Judgement["detail"],
): Judgement => {
  const protocol = securityProtocolName(proof.oid) ?? proof.oid;
  try {
    const { securityInfos } = decodeDg14(dg14);
    const result = verifyChipAuthentication(proof, securityInfos, crypto);
    if (result.status === "passed") {
      return passed({ ...facts, protocol, inferred: result.offer.inferred });
    }
    const judge = result.status === "failed" ? failed : undetermined;
    return judge(result.reason, { ...facts, protocol });
  } catch (error) {
    return { ...outcomeOfCertificateError(error), detail: { ...facts, protocol } };
  }
};

/** Whether DG14 repeats an offer of PACE with chip authentication mapping (Doc 9303-11, 9.2.11). */
const promisesMapping = (dg14: Uint8Array): boolean =>
  readable(() =>
    paceOffers(decodeDg14(dg14).securityInfos).some(({ protocol }) => protocol.mapping === "CAM"),
  ) ?? false;

/** Whether DG14 names one of these protocols, well formed or not; undefined where it cannot be read. */
export const promisesOf = (
  dg14: Uint8Array,
  types: ReadonlySet<SecurityInfoType | undefined>,
): boolean | undefined =>
  readable(() =>
    decodeDg14(dg14).securityInfos.some(({ protocol }) => types.has(securityInfoType(protocol))),
  );
