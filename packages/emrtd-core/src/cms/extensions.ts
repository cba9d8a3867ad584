import {
  readBoolean,
  readNamedBits,
  readOctetString,
  readOid,
  readSmallInteger,
  TAG,
} from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodeTlv, type Tlv } from "../tlv.js";
import { Name } from "./name.js";
import { readImplicitGeneralizedTime } from "./time.js";

/** One extension of a certificate or revocation list (RFC 5280, 4.2), its value unread. */
export interface Extension {
  readonly id: Oid;
  readonly critical: boolean;
  /** Content of extnValue: the DER of what the extension says. */
  readonly value: Uint8Array;
}

/** The extensions of Doc 9303-12, 7.1, table 6. */
export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  privateKeyUsagePeriod: "2.5.29.16",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  cRLDistributionPoints: "2.5.29.31",
  authorityKeyIdentifier: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  nameChange: "2.23.136.1.1.6.1",
  documentTypeList: "2.23.136.1.1.6.2",
} as const satisfies Record<string, Oid>;

/** Names of the bits of keyUsage, bit 0 first (RFC 5280, 4.2.1.3). */
export const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined;
  /** authorityCertSerialNumber, content of the INTEGER. */
  readonly serialNumber: Uint8Array | undefined;
}

export interface BasicConstraints {
  readonly cA: boolean;
  readonly pathLenConstraint: number | undefined;
}

/** When the private key was in use: narrower than the validity of its certificate. */
export interface PrivateKeyUsagePeriod {
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
}

/** The most extensions that are read of one certificate. */
const MAX_EXTENSIONS = 64;

/** `Extensions ::= SEQUENCE OF SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }` */
export const decodeExtensions = (element: Tlv, path: string): readonly Extension[] => {
  const items = element.expect(TAG.sequence, path).children();
  if (items.length > MAX_EXTENSIONS) throw invalid(`at most ${MAX_EXTENSIONS} extensions`, path);
  const ids = new Set<Oid>();
  return items.map((item) => {
    const [id, ...rest] = item.expect(TAG.sequence, path).children();
    const value = rest.pop();
    if (id === undefined || value === undefined || rest.length > 1) {
      throw invalid("an identifier and a value", path);
    }
    const extension: Extension = {
      id: readOid(id, path),
      critical: rest[0] !== undefined && readBoolean(rest[0], `${path}.critical`),
      value: readOctetString(value, path),
    };
    // RFC 5280, 4.2: of two extensions with one identifier nobody can say which counts.
    if (ids.has(extension.id)) throw invalid(`extension ${extension.id} once`, path);
    ids.add(extension.id);
    return extension;
  });
};

export const decodeSubjectKeyIdentifier = (value: Uint8Array): Uint8Array =>
  readOctetString(decodeTlv(value), "subjectKeyIdentifier");

/** `SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1] OPTIONAL, authorityCertSerialNumber [2] OPTIONAL }` */
export const decodeAuthorityKeyIdentifier = (value: Uint8Array): AuthorityKeyIdentifier => {
  const fields = decodeTlv(value).expect(TAG.sequence, "authorityKeyIdentifier").children();
  return {
    keyIdentifier: fields.find((field) => field.tag === 0x80)?.value,
    serialNumber: fields.find((field) => field.tag === 0x82)?.value,
  };
};

export const decodeKeyUsage = (value: Uint8Array): readonly KeyUsage[] => {
  const bits = readNamedBits(decodeTlv(value), "keyUsage");
  return KEY_USAGES.filter((_, bit) => bits[bit] === true);
};

/** `SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }` */
export const decodeBasicConstraints = (value: Uint8Array): BasicConstraints => {
  const fields = decodeTlv(value).expect(TAG.sequence, "basicConstraints").children();
  const cA = fields[0]?.tag === TAG.boolean ? fields.shift() : undefined;
  const [pathLength, ...more] = fields;
  if (more.length > 0) throw invalid("cA and pathLenConstraint", "basicConstraints");
  return {
    cA: cA !== undefined && readBoolean(cA, "basicConstraints.cA"),
    pathLenConstraint:
      pathLength && readSmallInteger(pathLength, "basicConstraints.pathLenConstraint"),
  };
};

/** `SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime OPTIONAL }` */
export const decodePrivateKeyUsagePeriod = (value: Uint8Array): PrivateKeyUsagePeriod => {
  const path = "privateKeyUsagePeriod";
  const fields = decodeTlv(value).expect(TAG.sequence, path).children();
  const time = (tag: number): Date | undefined => {
    const field = fields.find((candidate) => candidate.tag === tag);
    return field && readImplicitGeneralizedTime(field, path);
  };
  return { notBefore: time(0x80), notAfter: time(0x81) };
};

export const decodeExtKeyUsage = (value: Uint8Array): readonly Oid[] =>
  decodeTlv(value)
    .expect(TAG.sequence, "extKeyUsage")
    .children()
    .map((purpose) => readOid(purpose, "extKeyUsage"));

/** Directory names in GeneralNames, where an issuer puts its three-letter code (Doc 9303-12, 7.1.1.2). */
export const decodeDirectoryNames = (value: Uint8Array, path: string): readonly Name[] =>
  decodeTlv(value)
    .expect(TAG.sequence, path)
    .children()
    .filter((name) => name.tag === 0xa4)
    .flatMap((name) => name.children().map((directory) => new Name(directory, path)));

/**
 * Document types as the MRZ has them (Doc 9303-12, 7.1.1.6): `P`, `ID`.
 *
 * `SEQUENCE { version INTEGER { v0(0) }, docTypeList SET OF PrintableString (SIZE (1..2)) }`
 */
export const decodeDocumentTypeList = (value: Uint8Array): readonly string[] => {
  const path = "documentTypeList";
  const [version, list, ...more] = decodeTlv(value).expect(TAG.sequence, path).children();
  if (version === undefined || list === undefined || more.length > 0) {
    throw invalid("a version and a list", path);
  }
  if (readSmallInteger(version, `${path}.version`) !== 0) throw invalid("version 0", path);
  return list
    .expect(TAG.set, path)
    .children()
    .map((type) => {
      const text = type.expect(TAG.printableString, path).value;
      if (text.length < 1 || text.length > 2) throw invalid("one or two letters", path);
      return String.fromCharCode(...text);
    });
};

const invalid = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CERTIFICATE_INVALID", `expected ${expected} for ${path}`, { path });
