import { describe, expect, test } from "vitest";
import { EC_PUBLIC_KEY } from "../src/cms/algorithm.js";
import { encodeExplicit } from "../src/crypto/ec-parameters.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { derBitString, derOid, derSequence } from "../src/der.js";
import { check, deviations, lastIndexOf, verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  AUTHORITY_NAME,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  signerExtensions,
  trusting,
  x,
} from "./support/test-document.js";

describe("the chain", () => {
  test("has no anchor in an empty store", () => {
    const report = verify(makeFiles(), { trust: trusting() });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
    expect(check(report, "revocation")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
    expect(report.verdict).toBe("undetermined");
  });

  test("is broken where the named key did not sign the certificate", () => {
    const certificate = makeSignerCertificate({
      issuerKey: OTHER_KEY,
      extensions: signerExtensions(AUTHORITY_KEY),
    });
    const report = verify(makeFiles({ certificate }));
    expect(check(report, "document-signer-chain")).toEqual(["failed", "ISSUER_SIGNATURE_INVALID"]);
    expect(report.verdict).toBe("not-authentic");
  });

  test("is open where only the name fits and the key did not sign: authorities change keys", () => {
    const report = verify(
      makeFiles({ certificate: makeSignerCertificate({ issuerKey: OTHER_KEY }) }),
    );
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("is found by name where the key identifier is missing or cannot be read", () => {
    const [, ...rest] = signerExtensions();
    for (const extensions of [
      rest,
      [{ id: "2.5.29.35", critical: false, value: Uint8Array.of(1) }, ...rest],
    ]) {
      const report = verify(makeFiles({ certificate: makeSignerCertificate({ extensions }) }));
      expect(check(report, "document-signer-chain")).toEqual(["passed", null]);
    }
  });

  test("is found by key identifier under another name, and the report says so", () => {
    const cases = [
      [[...AUTHORITY_NAME].reverse(), "ISSUER_NAME_REORDERED"],
      [
        AUTHORITY_NAME.map(([type, text]) => [type, ` ${text.toUpperCase()}`] as const),
        "ISSUER_NAME_RESPELLED",
      ],
      [
        [
          ["countryName", "UT"],
          ["commonName", "Old name"],
        ],
        "ISSUER_NAME_DIFFERENT",
      ],
    ] as const;
    for (const [issuer, code] of cases) {
      const report = verify(makeFiles({ certificate: makeSignerCertificate({ issuer }) }));
      expect([report.verdict, deviations(report)]).toEqual(["authentic", [code]]);
    }
  });

  test("does not run through a certificate that is no authority's", () => {
    const noAuthority = makeAuthority({ extensions: [x.keyUsage("digitalSignature")] });
    const report = verify(makeFiles(), { trust: trusting(noAuthority) });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("does not run through certificates that the document brings along", () => {
    const options = { certificates: [makeSignerCertificate(), makeAuthority()] };
    const report = verify(makeFiles({ options }), { trust: trusting() });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("does not run through an authority on parameters with a chosen generator", () => {
    const point = portableCrypto.ecPublicKey("P-256", AUTHORITY_KEY.scalar);
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit("P-256", point)),
      derBitString(point),
    );
    const report = verify(makeFiles(), { trust: trusting(makeAuthority({ publicKey })) });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("fails for a certificate that names one algorithm inside and another outside", () => {
    const certificate = makeSignerCertificate();
    const named = Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    const altered = certificate.slice();
    altered[lastIndexOf(altered, named) + named.length - 1] = 3;
    const report = verify(makeFiles({ certificate: altered }));
    expect(check(report, "document-signer-chain")).toEqual(["failed", "CERTIFICATE_MALFORMED"]);
  });
});

describe("the validity of the signer's certificate", () => {
  test.each([
    ["2023-12-31T23:59:59Z", "NOT_YET_VALID"],
    ["2034-01-01T00:00:01Z", "EXPIRED"],
  ])("at %s fails, %s, and leaves the document undetermined", (at, reason) => {
    const report = verify(makeFiles(), { at: new Date(at) });
    expect(check(report, "certificate-validity")).toEqual(["failed", reason]);
    expect(report.verdict).toBe("undetermined");
  });

  test("is not touched by an authority that expired since", () => {
    const anchor = makeAuthority({ notAfter: new Date("2025-01-01T00:00:00Z") });
    expect(verify(makeFiles(), { trust: trusting(anchor) }).verdict).toBe("authentic");
  });

  test("notes an authority that had expired before it issued the certificate", () => {
    const anchor = makeAuthority({ notAfter: new Date("2022-01-01T00:00:00Z") });
    const report = verify(makeFiles(), { trust: trusting(anchor) });
    expect(deviations(report)).toEqual(["ISSUED_OUTSIDE_VALIDITY"]);
  });

  test.each([
    ["keyUsage without digitalSignature", [x.keyUsage("keyCertSign")], "CERTIFICATE_USAGE"],
    [
      "extKeyUsage of a signer of master lists",
      [x.keyUsage("digitalSignature"), x.extKeyUsage("2.23.136.1.1.3")],
      "CERTIFICATE_USAGE",
    ],
    [
      "extKeyUsage of a signer of bar codes, who may list document types",
      [x.keyUsage("digitalSignature"), x.extKeyUsage("2.23.136.1.1.11.1"), x.documentTypeList("P")],
      "CERTIFICATE_USAGE",
    ],
    [
      "a critical extension that nobody knows",
      [
        x.keyUsage("digitalSignature"),
        { id: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) },
      ],
      "CRITICAL_EXTENSION_UNKNOWN",
    ],
    [
      "a key usage that cannot be read",
      [{ id: "2.5.29.15", critical: true, value: Uint8Array.of(5, 0) }],
      "CERTIFICATE_MALFORMED",
    ],
  ])("fails for %s", (_, extensions, reason) => {
    const [authority, subject] = signerExtensions();
    const certificate = makeSignerCertificate({
      extensions: [authority!, subject!, ...extensions],
    });
    const report = verify(makeFiles({ certificate }));
    expect(check(report, "certificate-validity")).toEqual(["failed", reason]);
    expect(report.verdict).toBe("undetermined");
  });

  test("notes what does not decide: missing usage, odd times, other document types", () => {
    const [authority, subject] = signerExtensions();
    const certificate = makeSignerCertificate({
      extensions: [
        authority!,
        subject!,
        x.privateKeyUsagePeriod(new Date("2024-01-01"), new Date("2024-04-01")),
        x.documentTypeList("ID"),
      ],
    });
    const signer = { certificate, signingTime: new Date("2023-01-01T00:00:00Z") };
    const report = verify(makeFiles({ certificate, signer }));
    expect(report.verdict).toBe("authentic");
    expect(deviations(report)).toEqual([
      "KEY_USAGE_ABSENT",
      "SIGNED_OUTSIDE_VALIDITY",
      "SIGNED_OUTSIDE_KEY_USAGE",
      "DOCUMENT_TYPE_NOT_LISTED",
    ]);
  });

  test("puts up with a list of document types that cannot be read", () => {
    const value = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00);
    const extensions = [...signerExtensions(), { id: "2.23.136.1.1.6.2", critical: false, value }];
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ extensions }) }));
    expect([report.verdict, deviations(report)]).toEqual(["authentic", ["EXTENSION_MALFORMED"]]);
  });
});
