import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decodeCertificate } from "../src/cms/certificate.js";
import { derSequence } from "../src/der.js";
import { createTrustStore } from "../src/trust/store.js";
import {
  AUTHORITY_NAME,
  makeAuthority,
  makeSignerCertificate,
  OTHER_KEY,
  signerExtensions,
  trusting,
  x,
} from "./support/test-document.js";

const pem = (bytes: Uint8Array): string => new X509Certificate(bytes).toString();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const signer = decodeCertificate(makeSignerCertificate());

describe("what is given to a trust store", () => {
  test("is DER, or PEM with text around it and more than one block", () => {
    const authority = makeAuthority();
    const other = makeAuthority({ key: OTHER_KEY });
    const bundle = text(
      `Authorities of Utopia\r\n${pem(authority)}\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n${pem(other).replaceAll("\n", "\r\n")}`,
    );
    const store = createTrustStore([
      { type: "certificate", bytes: authority },
      { type: "certificate", bytes: text(`\n ${pem(other)}`), origin: "other.pem" },
      { type: "certificate", bytes: text(pem(authority) + pem(other)) },
    ]);
    expect(store.anchors.map(({ certificate }) => certificate.bytes)).toEqual([
      authority,
      other,
      authority,
      other,
    ]);
    expect(store.anchors[1]?.origin).toBe("other.pem");
    expect(createTrustStore([{ type: "certificate", bytes: bundle }]).anchors).toHaveLength(2);
  });

  test.each([
    ["no certificate", new Uint8Array()],
    ["another structure", derSequence()],
    [
      "PEM without a certificate",
      text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
    ],
    [
      "PEM that is no base64",
      text("-----BEGIN CERTIFICATE-----\nA!==\n-----END CERTIFICATE-----\n"),
    ],
    [
      "PEM of something else",
      text("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"),
    ],
  ])("is refused with its origin: %s", (_, bytes) => {
    const create = () => createTrustStore([{ type: "certificate", bytes, origin: "a file" }]);
    expect(create).toThrow(expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }));
    expect(create).toThrow("a file");
  });

  test("does not change when its buffer does", () => {
    const bytes = makeAuthority();
    const store = createTrustStore([{ type: "certificate", bytes }]);
    bytes.fill(0);
    expect([...store.issuersOf(signer)]).toHaveLength(1);
  });

  test("counts as an authority by what it says of itself", () => {
    const bare = makeAuthority({ extensions: [] });
    const issuedByAnother = makeSignerCertificate({ extensions: [] });
    const noAuthority = makeAuthority({ extensions: [x.keyUsage("digitalSignature")] });
    const broken = makeAuthority({
      extensions: [{ id: "2.5.29.19", critical: true, value: Uint8Array.of(1) }],
    });
    const store = trusting(bare, issuedByAnother, noAuthority, broken, makeSignerCertificate());
    expect(store.anchors.map(({ certificate }) => certificate.bytes)).toEqual([bare]);
    expect(store.signers).toHaveLength(4);
  });
});

describe("issuers of a certificate", () => {
  test("come by key identifier before they come by name, and each key once", () => {
    const byName = makeAuthority({ key: OTHER_KEY });
    const byKey = makeAuthority({ subject: [["commonName", "renamed"]] });
    const again = makeAuthority({ serialNumber: 9n });
    const found = [...trusting(byName, byKey, again).issuersOf(signer)];
    expect(found.map(({ keyIdentifierMatches, name }) => [keyIdentifierMatches, name])).toEqual([
      [true, "identical"],
      [false, "identical"],
    ]);
    expect(found[0]?.anchor.certificate.bytes).toEqual(again);
    expect(found[1]?.anchor.certificate.bytes).toEqual(byName);
  });

  test("come by a key identifier that the authority does not state", () => {
    const silent = makeAuthority({
      extensions: [x.authorityConstraints()],
      subject: [["commonName", "?"]],
    });
    const [found] = trusting(silent).issuersOf(signer);
    expect(found?.keyIdentifierMatches).toBe(true);
  });

  test("come by name in another order", () => {
    const reordered = makeAuthority({ subject: [...AUTHORITY_NAME].reverse() });
    const [, ...extensions] = signerExtensions();
    const certificate = decodeCertificate(makeSignerCertificate({ extensions }));
    const [found] = trusting(reordered).issuersOf(certificate);
    expect(found).toMatchObject({ keyIdentifierMatches: false, name: "reordered" });
  });

  test("do not come where nothing fits", () => {
    const stranger = makeAuthority({ key: OTHER_KEY, subject: [["commonName", "stranger"]] });
    expect([...trusting(stranger).issuersOf(signer)]).toEqual([]);
  });
});

describe("signers that documents only name", () => {
  test("are found by issuer and serial number, or by key identifier", () => {
    const store = trusting(makeSignerCertificate(), makeSignerCertificate({ serialNumber: 3n }));
    const { issuer, serialNumber, subjectKeyIdentifier } = signer;
    expect(store.signersNamed({ issuer, serialNumber })).toHaveLength(1);
    const padded = Uint8Array.of(0, ...serialNumber);
    expect(store.signersNamed({ issuer, serialNumber: padded })).toHaveLength(1);
    expect(store.signersNamed({ subjectKeyIdentifier: subjectKeyIdentifier! })).toHaveLength(2);
    expect(store.signersNamed({ subjectKeyIdentifier: new Uint8Array(20) })).toEqual([]);
  });
});
