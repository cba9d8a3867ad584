import { concat, equalBytes, toHex } from "../bytes.js";
import { MdsError } from "../errors.js";
import { subtle, type WebKey } from "../web-crypto.js";
import { type DerElement, expectTag, readBits, readChildren, readDer, readOid } from "./der.js";
import { importSpki } from "./public-key.js";

/** What a chain of trust needs to know of an X.509 certificate. RFC 5280, 4.1. */
export interface Certificate {
  readonly bytes: Uint8Array;
  /** The part that is signed. */
  readonly tbs: Uint8Array;
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** DER of the names, compared byte for byte. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** `undefined` without the extension, as in certificates of version 1. */
  readonly isCa: boolean | undefined;
  readonly pathLength: number | undefined;
  /** Bits of the key usage extension, first bit first; `undefined` without it. */
  readonly keyUsage: readonly boolean[] | undefined;
  /** An extension that is critical and unknown here. */
  readonly unknownCritical: string | undefined;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BOOLEAN = 0x01;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const EXTENSIONS = 0xa3;

const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
/** Critical extensions that ask for nothing that is decided here. */
const HARMLESS = new Set(["2.5.29.37", "2.5.29.32", "2.5.29.17"]);

/** Reads a certificate. @throws MdsError `DER_MALFORMED`. */
export const parseCertificate = (bytes: Uint8Array): Certificate => {
  const [tbsElement, algorithm, signature, ...more] = readChildren(
    expectTag(readDer(bytes), SEQUENCE, "a certificate"),
  );
  const tbs = expectTag(tbsElement, SEQUENCE, "the signed part of a certificate");
  if (more.length > 0) {
    throw new MdsError("DER_MALFORMED", "expected three parts of a certificate, found more");
  }
  const fields = readChildren(tbs);
  const start = fields[0]?.tag === 0xa0 ? 1 : 0;
  const at = (index: number): DerElement | undefined => fields[start + index];
  const [notBefore, notAfter] = readChildren(expectTag(at(3), SEQUENCE, "the validity"));
  const signatureAlgorithm = readAlgorithm(algorithm);
  if (at(1) === undefined || !equalBytes(at(1)!.bytes, algorithm!.bytes)) {
    throw new MdsError("DER_MALFORMED", "expected one signature algorithm, found two");
  }
  return {
    bytes,
    tbs: tbs.bytes,
    serialNumber: toHex(expectTag(at(0), INTEGER, "the serial number").content),
    issuer: expectTag(at(2), SEQUENCE, "the issuer").bytes,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    subject: expectTag(at(4), SEQUENCE, "the subject").bytes,
    subjectPublicKeyInfo: expectTag(at(5), SEQUENCE, "the public key").bytes,
    signatureAlgorithm,
    signature: readBits(signature, "the signature"),
    ...readExtensions(fields.find(({ tag }) => tag === EXTENSIONS)),
  };
};

const readAlgorithm = (element: DerElement | undefined): string => {
  const [oid] = readChildren(expectTag(element, SEQUENCE, "an algorithm"));
  return readOid(expectTag(oid, 0x06, "an algorithm").content);
};

/** UTCTime counts 50 to 99 as 1950 to 1999. RFC 5280, 4.1.2.5. */
const readTime = (element: DerElement | undefined): Date => {
  const text = String.fromCharCode(...(element?.content ?? []).slice(0, 20));
  const digits = element?.tag === UTC_TIME ? 2 : element?.tag === GENERALIZED_TIME ? 4 : undefined;
  const match =
    digits === undefined
      ? null
      : new RegExp(`^(\\d{${digits}})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)Z$`).exec(text);
  if (match === null) {
    throw new MdsError("DER_MALFORMED", "expected a time in UTC, found another form");
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const full = digits === 4 ? year : year < 50 ? 2000 + year : 1900 + year;
  return new Date(Date.UTC(full, month - 1, day, hour, minute, second));
};

type Extensions = Pick<Certificate, "isCa" | "pathLength" | "keyUsage" | "unknownCritical">;

const readExtensions = (holder: DerElement | undefined): Extensions => {
  let found: Extensions = {
    isCa: undefined,
    pathLength: undefined,
    keyUsage: undefined,
    unknownCritical: undefined,
  };
  const [list] = holder === undefined ? [] : readChildren(holder);
  for (const extension of list === undefined ? [] : readChildren(list)) {
    const parts = readChildren(extension);
    const oid = readOid(expectTag(parts[0], 0x06, "an extension").content);
    const critical = parts[1]?.tag === BOOLEAN && parts[1].content[0] !== 0;
    const value = expectTag(parts[parts.length - 1], 0x04, "the value of an extension").content;
    if (oid === BASIC_CONSTRAINTS) {
      found = { ...found, ...readBasicConstraints(value) };
    } else if (oid === KEY_USAGE) {
      found = { ...found, keyUsage: readKeyUsage(value) };
    } else if (critical && !HARMLESS.has(oid)) {
      found = { ...found, unknownCritical: oid };
    }
  }
  return found;
};

const readBasicConstraints = (value: Uint8Array): Pick<Extensions, "isCa" | "pathLength"> => {
  const parts = readChildren(expectTag(readDer(value), SEQUENCE, "basic constraints"));
  const length = parts.find(({ tag }) => tag === INTEGER)?.content;
  return {
    isCa: parts[0]?.tag === BOOLEAN && parts[0].content[0] !== 0,
    pathLength: length?.length === 1 ? length[0]! : undefined,
  };
};

const readKeyUsage = (value: Uint8Array): readonly boolean[] => {
  const { content } = expectTag(readDer(value), 0x03, "key usage");
  return Array.from(
    { length: 9 },
    (_, bit) => (((content[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) === 1,
  );
};

interface KeyKind {
  readonly import: object;
  /** Bytes of one half of a signature, for elliptic curves. */
  readonly half?: number;
}

const RSA = "1.2.840.113549.1.1.1";
const EC = "1.2.840.10045.2.1";
const CURVES: Readonly<Record<string, { readonly namedCurve: string; readonly half: number }>> = {
  "1.2.840.10045.3.1.7": { namedCurve: "P-256", half: 32 },
  "1.3.132.0.34": { namedCurve: "P-384", half: 48 },
  "1.3.132.0.35": { namedCurve: "P-521", half: 66 },
};

const SIGNATURES: Readonly<Record<string, { readonly key: "rsa" | "ec"; readonly hash: string }>> =
  {
    "1.2.840.113549.1.1.11": { key: "rsa", hash: "SHA-256" },
    "1.2.840.113549.1.1.12": { key: "rsa", hash: "SHA-384" },
    "1.2.840.113549.1.1.13": { key: "rsa", hash: "SHA-512" },
    "1.2.840.10045.4.3.2": { key: "ec", hash: "SHA-256" },
    "1.2.840.10045.4.3.3": { key: "ec", hash: "SHA-384" },
    "1.2.840.10045.4.3.4": { key: "ec", hash: "SHA-512" },
  };

/**
 * Whether the issuer's key made the signature of a certificate.
 *
 * RSA PKCS#1 v1.5 and ECDSA over P-256, P-384, P-521, with SHA-256, SHA-384 or SHA-512.
 *
 * @throws MdsError `CERTIFICATE_UNSUPPORTED` for other algorithms and keys.
 */
export const isSignedBy = async (
  certificate: Certificate,
  issuer: Certificate,
): Promise<boolean> => {
  const scheme = SIGNATURES[certificate.signatureAlgorithm];
  if (scheme === undefined) {
    throw new MdsError(
      "CERTIFICATE_UNSUPPORTED",
      "expected RSA or ECDSA with SHA-2, found another",
    );
  }
  const kind = keyKind(issuer.subjectPublicKeyInfo, scheme.hash);
  if ((kind.half === undefined) !== (scheme.key === "rsa")) {
    return false;
  }
  const signature =
    kind.half === undefined ? certificate.signature : rawEcdsa(certificate.signature, kind.half);
  if (signature === undefined) {
    return false;
  }
  const key = await importSpki(issuer.subjectPublicKeyInfo, kind.import);
  const algorithm =
    kind.half === undefined ? "RSASSA-PKCS1-v1_5" : { name: "ECDSA", hash: scheme.hash };
  return subtle().verify(algorithm, key, signature, certificate.tbs);
};

const keyKind = (spki: Uint8Array, hash: string): KeyKind => {
  const [algorithm] = readChildren(readDer(spki));
  const [oid, parameters] = readChildren(expectTag(algorithm, SEQUENCE, "the key's algorithm"));
  const name = readOid(expectTag(oid, 0x06, "the key's algorithm").content);
  if (name === RSA) {
    return { import: { name: "RSASSA-PKCS1-v1_5", hash } };
  }
  const curve =
    name === EC && parameters?.tag === 0x06 ? CURVES[readOid(parameters.content)] : undefined;
  if (curve === undefined) {
    throw new MdsError(
      "CERTIFICATE_UNSUPPORTED",
      "expected an RSA key or a NIST curve, found another",
    );
  }
  return { import: { name: "ECDSA", namedCurve: curve.namedCurve }, half: curve.half };
};

/** Both halves at full length, as the Web Cryptography API wants them. */
const rawEcdsa = (der: Uint8Array, half: number): Uint8Array | undefined => {
  const halves = readChildren(readDer(der)).map(({ content }) => {
    const start = content.findIndex((byte) => byte !== 0);
    return start < 0 ? new Uint8Array() : content.subarray(start);
  });
  return halves.length === 2 && halves.every(({ length }) => length <= half)
    ? concat(...halves.flatMap((bytes) => [new Uint8Array(half - bytes.length), bytes]))
    : undefined;
};

/** The certificate's RSA key, for signatures of RS256. @throws MdsError `CERTIFICATE_UNSUPPORTED`. */
export const rs256Key = (certificate: Certificate): Promise<WebKey> =>
  importSpki(certificate.subjectPublicKeyInfo, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" });

/** The keys of those certificates that can make signatures of RS256 at all, with their certificates. */
export const rs256Keys = async (
  certificates: readonly Certificate[],
): Promise<readonly { readonly certificate: Certificate; readonly key: WebKey }[]> => {
  const found = await Promise.allSettled(certificates.map(rs256Key));
  return found.flatMap((result, index) =>
    result.status === "fulfilled" ? [{ certificate: certificates[index]!, key: result.value }] : [],
  );
};

/** The certificate's RSA key, for encrypting session keys. @throws MdsError `CERTIFICATE_UNSUPPORTED`. */
export const rsaOaepKey = (certificate: Certificate): Promise<WebKey> =>
  importSpki(certificate.subjectPublicKeyInfo, { name: "RSA-OAEP", hash: "SHA-256" }, "encrypt");

/** Whether two certificates are the same, or speak of the same key. */
export const sameKey = (a: Certificate, b: Certificate): boolean =>
  equalBytes(a.subjectPublicKeyInfo, b.subjectPublicKeyInfo);
