import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { simulatorAnchors, simulatorSigner } from "../src/chip/pki.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import { compareNames, formatName, Name } from "../src/cms/name.js";
import { readTime } from "../src/cms/time.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { derSequence, TAG } from "../src/der.js";
import { decodeTlv, encodeTlv } from "../src/tlv.js";
import { makeSignerCertificate, signerExtensions, x } from "./support/test-document.js";
import vectors from "./vectors/openssl-signed-data.json" with { type: "json" };

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("a certificate", () => {
  test.each(
    vectors.rows.flatMap((row) => [
      [`${row.name}, authority`, row.csca],
      [`${row.name}, signer`, row.documentSigner],
    ]),
  )("of OpenSSL reads as node:crypto reads it: %s", (_, hex) => {
    const bytes = fromHex(hex);
    const certificate = decodeCertificate(bytes);
    const theirs = new X509Certificate(bytes);
    expect(BigInt(`0x${toHex(certificate.serialNumber)}`)).toBe(BigInt(`0x${theirs.serialNumber}`));
    expect(certificate.validity.notBefore).toEqual(new Date(theirs.validFrom));
    expect(certificate.validity.notAfter).toEqual(new Date(theirs.validTo));
    expect(
      formatName(certificate.subject)
        .split(/(?<!\\),/)
        .reverse()
        .join("\n"),
    ).toBe(theirs.subject);
    expect(certificate.basicConstraints?.cA ?? false).toBe(theirs.ca);
    expect(toHex(certificate.subjectPublicKeyInfo)).toBe(
      theirs.publicKey.export({ format: "der", type: "spki" }).toString("hex"),
    );
    expect(certificate.unknownCriticalExtensions).toEqual([]);
  });

  test("of the simulator has the fields of Doc 9303-12", () => {
    const { certificate: bytes, authority } = simulatorSigner("ecdsa");
    const certificate = decodeCertificate(bytes);
    expect(certificate.version).toBe(3);
    expect(certificate.keyUsage).toEqual(["digitalSignature"]);
    expect(certificate.basicConstraints).toBeUndefined();
    expect(certificate.documentTypeList).toEqual(expect.arrayContaining(["P", "I", "A", "C"]));
    expect(certificate.authorityKeyIdentifier?.keyIdentifier).toEqual(
      decodeCertificate(authority).subjectKeyIdentifier,
    );
    expect(certificate.privateKeyUsagePeriod?.notBefore).toEqual(new Date("2020-01-01T00:00:00Z"));
    expect(certificate.subjectAltNames.map(formatName)).toEqual(["L=UTO"]);
    expect(certificate.issuerAltNames.map(formatName)).toEqual(["L=UTO"]);
    expect(certificate.crlDistributionPoints).toBeDefined();
    const anchor = decodeCertificate(authority);
    expect(anchor.keyUsage).toEqual(["keyCertSign", "cRLSign"]);
    expect(anchor.basicConstraints).toEqual({ cA: true, pathLenConstraint: 0 });
  });

  test("of the simulator is the same in every process", () => {
    const names = ["rsa", "rsa-pss", "ecdsa", "brainpool", "expired", "untrusted"] as const;
    const all = concatBytes(
      ...simulatorAnchors(),
      ...names.map((name) => simulatorSigner(name).certificate),
    );
    expect(toHex(portableCrypto.hash("SHA-256", all))).toMatchInlineSnapshot(
      `"533c192d2fc3674fe20cab5e50aa9cdf66750060b2466d712a91f603daf0fcf3"`,
    );
  });

  test("is one the independent verifier of node:crypto accepts", () => {
    for (const name of ["rsa", "rsa-pss", "ecdsa", "brainpool", "expired", "untrusted"] as const) {
      const { certificate, authority } = simulatorSigner(name);
      const [signer, issuer] = [certificate, authority].map((bytes) => new X509Certificate(bytes));
      expect(signer!.verify(issuer!.publicKey)).toBe(true);
      expect(issuer!.verify(issuer!.publicKey)).toBe(true);
      expect(signer!.checkIssued(issuer!)).toBe(true);
    }
  });

  test("lists critical extensions that it does not know", () => {
    const unknown = { id: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) };
    const certificate = makeSignerCertificate({ extensions: [...signerExtensions(), unknown] });
    expect(decodeCertificate(certificate).unknownCriticalExtensions).toEqual(["1.2.3.4"]);
  });

  test("with one extension twice is refused when its extensions are asked for", () => {
    const certificate = makeSignerCertificate({
      extensions: [x.keyUsage("keyCertSign"), x.keyUsage("digitalSignature")],
    });
    expect(() => decodeCertificate(certificate).keyUsage).toThrow(
      expect.objectContaining({ code: "CERTIFICATE_INVALID" }),
    );
  });

  test("is refused where something is missing or left over", () => {
    const certificate = makeSignerCertificate();
    const cases = [
      certificate.subarray(0, -1),
      Uint8Array.of(...certificate, 0),
      derSequence(),
      derSequence(derSequence(), derSequence(), Uint8Array.of(3, 1, 0)),
    ];
    for (const bytes of cases) {
      expect(() => decodeCertificate(bytes)).toThrow(
        expect.objectContaining({ name: "EmrtdError" }),
      );
    }
  });
});

describe("names", () => {
  const attribute = (type: string, tag: number, value: string): Uint8Array =>
    encodeTlv(TAG.set, derSequence(encodeTlv(TAG.oid, fromHex(type)), encodeTlv(tag, text(value))));
  const name = (...rdns: readonly Uint8Array[]): Name =>
    new Name(decodeTlv(derSequence(...rdns)), "name");
  const [C, O, CN] = ["550406", "55040a", "550403"] as const;
  const base = name(
    attribute(C, TAG.printableString, "UT"),
    attribute(O, TAG.utf8String, "Ministry of  Truth"),
  );

  test.each([
    [
      "the same bytes",
      [attribute(C, TAG.printableString, "UT"), attribute(O, TAG.utf8String, "Ministry of  Truth")],
      "identical",
    ],
    [
      "another string type, case and spacing",
      [
        attribute(C, TAG.utf8String, "ut"),
        attribute(O, TAG.printableString, " MINISTRY of Truth "),
      ],
      "respelled",
    ],
    [
      "another order",
      [attribute(O, TAG.utf8String, "Ministry of  Truth"), attribute(C, TAG.printableString, "UT")],
      "reordered",
    ],
    [
      "another value",
      [attribute(C, TAG.printableString, "UT"), attribute(O, TAG.utf8String, "Ministry of Love")],
      "different",
    ],
    [
      "another type",
      [
        attribute(C, TAG.printableString, "UT"),
        attribute(CN, TAG.utf8String, "Ministry of  Truth"),
      ],
      "different",
    ],
    [
      "one attribute more",
      [
        attribute(C, TAG.printableString, "UT"),
        attribute(O, TAG.utf8String, "Ministry of  Truth"),
        attribute(CN, TAG.utf8String, "x"),
      ],
      "different",
    ],
  ] as const)("with %s are %s", (_, rdns, expected) => {
    expect(compareNames(base, name(...rdns))).toBe(expected);
  });

  test("are written as RFC 4514 has it", () => {
    const odd = name(
      attribute(C, TAG.printableString, "UT"),
      attribute(O, TAG.utf8String, '#A, "B" + C; <D> = \\'),
      attribute(CN, TAG.utf8String, " Zoë\u0000 "),
      attribute("2a0304", TAG.utf8String, "x"),
      encodeTlv(TAG.set, derSequence(encodeTlv(TAG.oid, fromHex(CN)), Uint8Array.of(2, 1, 7))),
    );
    expect(formatName(odd)).toBe(
      'CN=#020107,1.2.3.4=x,CN=\\ Zoë\\00\\ ,O=\\#A\\, \\"B\\" \\+ C\\; \\<D\\> \\= \\\\,C=UT',
    );
  });

  test("steer no terminal: controls and marks of direction are written as their bytes", () => {
    const hostile = name(attribute(CN, TAG.utf8String, "a\u009b2J\u202eb\u001b[0m"));
    expect(formatName(hostile)).toBe("CN=a\\c2\\9b2J\\e2\\80\\aeb\\1b[0m");
  });

  test("read wide strings, and show what is no character", () => {
    const wide = name(
      encodeTlv(
        TAG.set,
        derSequence(encodeTlv(TAG.oid, fromHex(CN)), encodeTlv(TAG.bmpString, fromHex("00c4005a"))),
      ),
      encodeTlv(
        TAG.set,
        derSequence(
          encodeTlv(TAG.oid, fromHex(O)),
          encodeTlv(TAG.universalString, fromHex("0000004100110000")),
        ),
      ),
    );
    expect(formatName(wide)).toBe("O=A\ufffd,CN=\u00c4Z");
  });

  test("of hundreds of attributes are refused", () => {
    const many = name(...Array.from({ length: 65 }, () => attribute(CN, TAG.utf8String, "x")));
    expect(() => many.rdns).toThrow(expect.objectContaining({ code: "CERTIFICATE_INVALID" }));
  });
});

describe("times", () => {
  const time = (tag: number, value: string) =>
    readTime(decodeTlv(encodeTlv(tag, text(value))), "time");

  test.each([
    [TAG.utcTime, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [TAG.utcTime, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [TAG.utcTime, "0402290000Z", "2004-02-29T00:00:00.000Z"],
    [TAG.utcTime, "240101013000+0130", "2024-01-01T00:00:00.000Z"],
    [TAG.utcTime, "231231223000-0130", "2024-01-01T00:00:00.000Z"],
    [TAG.generalizedTime, "20500101000000Z", "2050-01-01T00:00:00.000Z"],
    [TAG.generalizedTime, "20240101000000.5Z", "2024-01-01T00:00:00.000Z"],
  ])("%i %s is %s", (tag, value, expected) => {
    expect(time(tag, value).toISOString()).toBe(expected);
  });

  test.each([
    "230229000000Z",
    "231301000000Z",
    "230100000000Z",
    "230101240000Z",
    "230101000000",
    "",
    "2301010000000000000000000000000000000000Z",
  ])("%s is none", (value) => {
    expect(() => time(TAG.utcTime, value)).toThrow(
      expect.objectContaining({ code: "DER_INVALID" }),
    );
  });
});
