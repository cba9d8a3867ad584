import type { AccessEvidence } from "../../authentication/evidence.js";
import type { AccessFacts } from "../report.js";
import { failed, type Judge, notApplicable, passed, type Subject } from "./judgement.js";

/** How a chip is said to have been opened where none was. */
export const NO_ACCESS: AccessFacts = {
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

/** Whether the chip was opened in the best way that it offers. */
export const judgeAccessControl: Judge = (subject) => {
  if (subject.evidence.length === 0) return notApplicable("NO_CHIP");
  const access = accessEvidence(subject)?.access ?? NO_ACCESS;
  const { protocol, variant, cipher } = access;
  if (protocol === "none") return notApplicable("NO_ACCESS_CONTROL");
  const detail = { protocol, variant, cipher };
  return access.downgraded ? failed("DOWNGRADED", detail) : passed(detail);
};
