import { concat, type RandomBytes, utf8 } from "../bytes.js";
import type { Signer } from "../signature/signer.js";

/** What stands in a test certificate. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organisation: string;
  /** DER of the subject's public key. */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Absent: an end entity that may sign, or encrypt keys. */
  readonly ca?: { readonly pathLength?: number };
  readonly usage?: "sign" | "encrypt";
}

/** Name of a certificate's owner. */
export interface IssuerName {
  readonly commonName: string;
  readonly organisation: string;
}

const der = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  const { length } = body;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : length < 0x10000
          ? [0x82, length >> 8, length & 255]
          : [0x83, length >> 16, (length >> 8) & 255, length & 255];
  return concat(Uint8Array.of(tag, ...size), body);
};

const sequence = (...content: readonly Uint8Array[]): Uint8Array => der(0x30, ...content);

/** Arcs below 128 but for the first two and those written as more bytes already. */
const oid = (...bytes: readonly number[]): Uint8Array => der(0x06, Uint8Array.from(bytes));

const SHA256_RSA = /* @__PURE__ */ sequence(
  /* @__PURE__ */ oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b),
  /* @__PURE__ */ der(0x05),
);
const TRUE = /* @__PURE__ */ der(0x01, /* @__PURE__ */ Uint8Array.of(0xff));

const name = ({ commonName, organisation }: IssuerName): Uint8Array =>
  sequence(
    der(0x31, sequence(oid(0x55, 4, 10), der(0x0c, utf8(organisation)))),
    der(0x31, sequence(oid(0x55, 4, 3), der(0x0c, utf8(commonName)))),
  );

/** UTCTime until 2049, GeneralizedTime from 2050 on. */
const time = (at: Date): Uint8Array => {
  const digits = at.toISOString().replace(/\D/g, "").slice(0, 14);
  return at.getUTCFullYear() < 2050
    ? der(0x17, utf8(`${digits.slice(2)}Z`))
    : der(0x18, utf8(`${digits}Z`));
};

const extension = (id: number, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(0x55, 29, id), ...(critical ? [TRUE] : []), der(0x04, value));

/** Bits of key usage. Providers sign certificates, and orders to the device server besides. */
const USAGE = {
  sign: Uint8Array.of(7, 0x80),
  encrypt: Uint8Array.of(5, 0x20),
  ca: Uint8Array.of(1, 0x86),
};

/**
 * Issues an X.509 certificate of version 3 with an RSA signature over SHA-256: as much of RFC 5280 as test
 * devices need.
 */
export const issueCertificate = async (
  request: CertificateRequest,
  issuer: IssuerName,
  signer: Pick<Signer, "sign">,
): Promise<Uint8Array> => {
  const { ca, usage = "sign" } = request;
  const constraints =
    ca === undefined
      ? sequence()
      : sequence(
          TRUE,
          ...(ca.pathLength === undefined ? [] : [der(0x02, Uint8Array.of(ca.pathLength))]),
        );
  const tbs = sequence(
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, request.serialNumber),
    SHA256_RSA,
    name(issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request),
    request.subjectPublicKeyInfo,
    der(
      0xa3,
      sequence(
        extension(19, true, constraints),
        extension(15, true, der(0x03, ca === undefined ? USAGE[usage] : USAGE.ca)),
      ),
    ),
  );
  return sequence(tbs, SHA256_RSA, der(0x03, Uint8Array.of(0), await signer.sign(tbs)));
};

/** A positive serial number of 16 bytes. */
export const serialNumber = (random: RandomBytes): Uint8Array => {
  const bytes = random(16).slice();
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
};
