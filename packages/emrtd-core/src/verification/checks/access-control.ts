import { compareStrength, type PaceOffer, paceOffers } from "../../access/pace-offers.js";
import { paceVariant } from "../../access/pace-protocol.js";
import type { AccessEvidence } from "../../authentication/evidence.js";
import { isCovered } from "../../authentication/passive.js";
import { readable } from "../../cms/readable.js";
import { keyAgreementGroup } from "../../crypto/key-agreement.js";
import { decodeDg14 } from "../../lds/dg14.js";
import type { AccessFacts } from "../report.js";
import { failed, type Judge, notApplicable, passed, type Subject } from "./judgement.js";

/** How a chip is said to have been opened where none was. */
const NO_ACCESS: AccessFacts = {
  protocol: "none",
  variant: null,
  cipher: null,
  domainParameters: null,
  downgraded: false,
};

export const accessEvidence = ({
  evidence,
}: Pick<Subject, "evidence">): AccessEvidence | undefined =>
  evidence.find((item) => item.protocol === "access-control");

/** How the chip was opened, and whether what is signed says that there was a better way. */
export const accessFacts = (subject: Subject): AccessFacts => {
  const access = accessEvidence(subject)?.access ?? NO_ACCESS;
  return { ...access, downgraded: access.downgraded || isWeakerThanSigned(subject, access) };
};

/** Whether the chip was opened in the best way that it offers. */
export const judgeAccessControl: Judge = (subject) => {
  if (subject.evidence.length === 0) return notApplicable("NO_CHIP");
  const { protocol, variant, cipher, downgraded } = accessFacts(subject);
  const detail = { protocol, variant, cipher };
  if (downgraded) return failed("DOWNGRADED", detail);
  return protocol === "none" ? notApplicable("NO_ACCESS_CONTROL") : passed(detail);
};

/**
 * EF.CardAccess is not signed, so whoever stands between can leave the strong offers out. DG14 repeats
 * them, signed (Doc 9303-11, 9.2.11).
 */
const isWeakerThanSigned = (subject: Subject, access: AccessFacts): boolean => {
  const { files, passive, crypto } = subject;
  const { DG14: file } = files;
  if (subject.evidence.length === 0 || file === undefined || !isCovered(passive, 14)) return false;
  const offers = readable(() => paceOffers(decodeDg14(file).securityInfos)) ?? [];
  const [best] = offers;
  if (best === undefined) return false;
  const isTaken = ({ protocol, parameters }: PaceOffer) =>
    access.protocol === "pace" &&
    paceVariant(protocol) === access.variant &&
    protocol.cipher === access.cipher &&
    keyAgreementGroup(parameters, crypto).name === access.domainParameters;
  const taken = offers.find(isTaken);
  return taken === undefined || compareStrength(taken, best) < 0;
};
