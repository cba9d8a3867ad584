import { isCovered } from "../authentication/passive.js";
import type { PrivateKeyUsagePeriod } from "../cms/extensions.js";
import { readable } from "../cms/readable.js";
import { decodeDg12 } from "../lds/dg12.js";
import type { Subject } from "./checks/judgement.js";

/** When a document was signed or issued, as far as something signed tells. Both ends are part of it. */
export interface TimeSpan {
  readonly source: "signing-time" | "date-of-issue" | "key-usage-period";
  readonly from: Date;
  readonly to: Date;
}

type Documents = Pick<Subject, "files" | "passive">;

/**
 * When the document was signed: the time that its signer states, else the date of issue in DG12, else the
 * period in which the signer's key was in use; undefined where nothing tells.
 */
export const signingTimeOf = (subject: Documents): TimeSpan | undefined =>
  statedTime(subject) ?? dateOfIssue(subject) ?? keyUsagePeriod(subject);

/** When the document was issued: the same, but DG12 knows it best. */
export const issueTimeOf = (subject: Documents): TimeSpan | undefined =>
  dateOfIssue(subject) ?? statedTime(subject) ?? keyUsagePeriod(subject);

/** Whether the span and the period have any time in common; an end that is not given is open. */
export const overlaps = (
  { from, to }: TimeSpan,
  { notBefore, notAfter }: PrivateKeyUsagePeriod,
): boolean =>
  (notBefore === undefined || to >= notBefore) && (notAfter === undefined || from <= notAfter);

const statedTime = ({ passive: { signer } }: Documents): TimeSpan | undefined => {
  const { status, signingTime } = signer;
  return status === "passed" && signingTime !== undefined
    ? { source: "signing-time", from: signingTime, to: signingTime }
    : undefined;
};

const DAY_MS = 86_400_000;

/** Only of a DG12 that the issuer signed. A day of the issuer's calendar lies within two of UTC's. */
const dateOfIssue = ({ files: { DG12: file }, passive }: Documents): TimeSpan | undefined => {
  if (file === undefined || !isCovered(passive, 12)) return undefined;
  const digits = readable(() => decodeDg12(file).dateOfIssue);
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits ?? "");
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  return {
    source: "date-of-issue",
    from: new Date(midnight.getTime() - DAY_MS / 2),
    to: new Date(midnight.getTime() + 1.5 * DAY_MS),
  };
};

const keyUsagePeriod = ({ passive: { signer } }: Documents): TimeSpan | undefined => {
  const { certificate } = signer;
  const period = certificate && readable(() => certificate.privateKeyUsagePeriod);
  return period?.notBefore !== undefined && period.notAfter !== undefined
    ? { source: "key-usage-period", from: period.notBefore, to: period.notAfter }
    : undefined;
};
