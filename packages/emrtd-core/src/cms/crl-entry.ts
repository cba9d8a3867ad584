import { readIntegerBytes, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import { decodeExtensions, type Extension } from "./extensions.js";
import { readTime } from "./time.js";

/** Extensions of an entry (RFC 5280, 5.3). Doc 9303-12 wants none of them; lists of states have them. */
export const CRL_ENTRY_EXTENSION = {
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
} as const satisfies Record<string, Oid>;

/** CRLReason (RFC 5280, 5.3.1) by its number; 7 is not in use. */
export const CRL_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;
export type CrlReason = NonNullable<(typeof CRL_REASONS)[number]>;

/**
 * One entry of a revocation list.
 *
 * ```asn1
 * RevokedCertificate ::= SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }
 * ```
 */
export interface RevokedCertificate {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  readonly reason: CrlReason | undefined;
  /** Since when the key is known or thought to be no longer its owner's alone. */
  readonly invalidityDate: Date | undefined;
}

const KNOWN: ReadonlySet<Oid> = /* @__PURE__ */ new Set(Object.values(CRL_ENTRY_EXTENSION));

export const decodeRevokedCertificate = (element: Tlv): RevokedCertificate => {
  const { serialNumber, revocationDate, extensions } = fieldsOf(element);
  const elementOf = (name: keyof typeof CRL_ENTRY_EXTENSION): Tlv | undefined => {
    const found = extensions().find(({ id }) => id === CRL_ENTRY_EXTENSION[name]);
    return found && decodeTlv(found.value);
  };
  const reason = elementOf("reasonCode");
  const invalidityDate = elementOf("invalidityDate");
  return {
    serialNumber: readIntegerBytes(serialNumber, `${PATH}.userCertificate`),
    revocationDate: readTime(revocationDate, `${PATH}.revocationDate`),
    reason: reason && readReason(reason),
    invalidityDate: invalidityDate && readTime(invalidityDate, `${PATH}.invalidityDate`),
  };
};

/** Content of the INTEGER, the rest unread. */
export const serialNumberOfEntry = (element: Tlv): Uint8Array =>
  readIntegerBytes(fieldsOf(element).serialNumber, `${PATH}.userCertificate`);

/** Critical extensions that are not known here: that of indirect lists, certificateIssuer, is one. */
export const criticalExtensionsOfEntry = (element: Tlv): readonly Oid[] =>
  fieldsOf(element)
    .extensions()
    .filter(({ id, critical }) => critical && !KNOWN.has(id))
    .map(({ id }) => id);

const PATH = "revokedCertificates";

const fieldsOf = (element: Tlv) => {
  const [serialNumber, revocationDate, list, ...more] = element
    .expect(TAG.sequence, PATH)
    .children();
  if (serialNumber === undefined || revocationDate === undefined || more.length > 0) {
    throw invalid("two or three elements");
  }
  const extensions = (): readonly Extension[] =>
    list === undefined ? [] : decodeExtensions(list, PATH);
  return { serialNumber, revocationDate, extensions };
};

const readReason = (element: Tlv): CrlReason | undefined => {
  const [number, ...more] = element.expect(TAG.enumerated, `${PATH}.reasonCode`).value;
  if (number === undefined || more.length > 0) throw invalid("one byte of a reason");
  return CRL_REASONS[number];
};

const invalid = (expected: string): EmrtdError =>
  new EmrtdError("CRL_INVALID", `expected ${expected} for ${PATH}`, { path: PATH });
