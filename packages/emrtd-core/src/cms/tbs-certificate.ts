import { TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Tlv } from "../tlv.js";

/** The parts of tbsCertificate, not yet read (RFC 5280, 4.1). */
export interface TbsFields {
  readonly version: Tlv | undefined;
  readonly serialNumber: Tlv;
  readonly signature: Tlv;
  readonly issuer: Tlv;
  readonly validity: Tlv;
  readonly subject: Tlv;
  readonly subjectPublicKeyInfo: Tlv;
  readonly extensions: Tlv | undefined;
}

/** @throws EmrtdError `CERTIFICATE_INVALID` or `TLV_UNEXPECTED_TAG` where a part is missing or not in order. */
export const readTbsFields = (tbs: Tlv): TbsFields => {
  const path = "tbsCertificate";
  const elements = tbs.expect(TAG.sequence, path).children();
  const version = elements[0]?.tag === 0xa0 ? elements.shift() : undefined;
  const [serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, ...optional] =
    elements;
  if (
    serialNumber === undefined ||
    signature === undefined ||
    issuer === undefined ||
    validity === undefined ||
    subject === undefined ||
    subjectPublicKeyInfo === undefined
  ) {
    throw invalid("six elements at least", path);
  }
  let extensions: Tlv | undefined;
  let last = 0;
  for (const field of optional) {
    const number = OPTIONAL_FIELDS.get(field.tag) ?? 0;
    if (number <= last) throw invalid("optional fields [1] to [3] in order", path);
    last = number;
    if (number === 3) extensions = field;
  }
  return {
    version,
    serialNumber: serialNumber.expect(TAG.integer, `${path}.serialNumber`),
    signature: signature.expect(TAG.sequence, `${path}.signature`),
    issuer: issuer.expect(TAG.sequence, `${path}.issuer`),
    validity: validity.expect(TAG.sequence, `${path}.validity`),
    subject: subject.expect(TAG.sequence, `${path}.subject`),
    subjectPublicKeyInfo: subjectPublicKeyInfo.expect(TAG.sequence, `${path}.subjectPublicKeyInfo`),
    extensions,
  };
};

/** issuerUniqueID and subjectUniqueID (implicit bit strings, primitive or not), extensions. */
const OPTIONAL_FIELDS: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [0x81, 1],
  [0xa1, 1],
  [0x82, 2],
  [0xa2, 2],
  [0xa3, 3],
]);

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CERTIFICATE_INVALID", `expected ${expected} for ${path}`, { path });
