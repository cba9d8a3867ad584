import { describe, expect, test } from "vitest";
import type { ChipEvidence } from "../src/authentication/evidence.js";
import { equalBytes } from "../src/bytes.js";
import { derivedEcKey, signContent } from "../src/chip/pki.js";
import { EC_PUBLIC_KEY } from "../src/cms/algorithm.js";
import { encodeExplicit } from "../src/crypto/ec-parameters.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { publicKeyOf } from "../src/crypto/private-key.js";
import type { CryptoProvider } from "../src/crypto/provider.js";
import { derBitString, derOid, derSequence } from "../src/der.js";
import { encodeLdsSecurityObject, encodeSod } from "../src/lds/sod.js";
import { nodeCrypto } from "../src/node/index.js";
import type { CheckId, VerificationReport } from "../src/verification/report.js";
import { type VerificationOptions, verifyDocument } from "../src/verification/verify-document.js";
import {
  AUTHORITY_KEY,
  AUTHORITY_NAME,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  NOW,
  OTHER_KEY,
  SIGNER_KEY,
  SPECIMEN_MRZ,
  signerExtensions,
  tools,
  trusting,
  withFlippedBit,
  x,
} from "./support/test-document.js";

const trust = trusting(makeAuthority());

const verify = (
  files: Parameters<typeof verifyDocument>[0],
  options: Partial<VerificationOptions> & { readonly trust?: typeof trust } = {},
): VerificationReport => {
  const { trust: anchors = trust, ...rest } = options;
  return verifyDocument(files, anchors, { at: NOW, crypto: nodeCrypto, ...rest });
};

const check = (report: VerificationReport, id: CheckId) => {
  const { status, reason } = report.checks.find((entry) => entry.id === id)!;
  return [status, reason];
};

const deviations = (report: VerificationReport) => report.deviations.map(({ code }) => code);

describe("a right document", () => {
  const report = verify(makeFiles());

  test("is authentic, and its facts are those of DG1", () => {
    expect(report.verdict).toBe("authentic");
    expect(report.document).toEqual({
      type: "TD3",
      documentCode: "P",
      issuer: "UTO",
      number: "L898902C3",
      surname: "ERIKSSON",
      givenNames: "ANNA MARIA",
      nationality: "UTO",
      birth: "740812",
      sex: "F",
      expiry: "120415",
    });
    expect(report.dataGroups).toEqual({ 1: { hash: "match" }, 2: { hash: "match" } });
    expect(report.signer).toEqual({
      country: "UT",
      subject: "CN=Document Signer,C=UT",
      serialNumber: "02",
      notBefore: "2024-01-01T00:00:00.000Z",
      notAfter: "2034-01-01T00:00:00.000Z",
      signatureAlgorithm: "ECDSA with SHA-256",
    });
    expect(report.deviations).toEqual([]);
  });

  test("offline says nothing of a chip, and of revocation that nothing is known", () => {
    for (const id of [
      "access-control",
      "chip-authentication",
      "active-authentication",
      "terminal-authentication",
    ] as const) {
      expect(check(report, id)).toEqual(["not-applicable", "NO_CHIP"]);
    }
    expect(check(report, "revocation")).toEqual(["undetermined", "NO_CRL"]);
    expect(report.access.protocol).toBe("none");
  });

  test("is judged alike by both providers, and its report is JSON", () => {
    const portable = verify(makeFiles(), { crypto: portableCrypto });
    expect(portable).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("is not authentic enough for a policy that asks for revocation", () => {
    expect(verify(makeFiles(), { policy: { required: ["revocation"] } }).verdict).toBe(
      "undetermined",
    );
  });

  test("is not judged at no time", () => {
    expect(() => verify(makeFiles(), { at: new Date(Number.NaN) })).toThrow(
      expect.objectContaining({ code: "JUDGEMENT_TIME_INVALID" }),
    );
  });
});

describe("the signature of the security object", () => {
  test("by a key that is not the certificate's does not verify", () => {
    const report = verify(makeFiles({ signer: { key: OTHER_KEY } }));
    expect(check(report, "sod-signature")).toEqual(["failed", "SIGNATURE_INVALID"]);
    expect(report.verdict).toBe("not-authentic");
    expect(report.document.number).toBeNull();
  });

  test("by such a key without signed attributes does not verify", () => {
    const report = verify(makeFiles({ signer: { key: OTHER_KEY, withoutSignedAttributes: true } }));
    expect(check(report, "sod-signature")).toEqual(["failed", "SIGNATURE_INVALID"]);
  });

  test("over another content does not verify: the digest in its attributes differs", () => {
    const files = makeFiles();
    const DG1 = makeFiles({ mrz: SPECIMEN_MRZ.replaceAll("ANNA", "EMMA") }).DG1!;
    const { hash } = portableCrypto;
    const SOD = replaceBytes(files.SOD, hash("SHA-256", files.DG1!), hash("SHA-256", DG1));
    const report = verify({ ...files, DG1, SOD });
    expect(check(report, "data-group-hashes")[0]).toBe("passed");
    expect(check(report, "sod-signature")).toEqual(["failed", "MESSAGE_DIGEST_MISMATCH"]);
    expect(report.verdict).toBe("not-authentic");
  });

  test("over attributes for another content type does not verify, right as it is", () => {
    const files = makeFiles({ options: { contentType: "2.23.136.1.1.2" } });
    const [outside] = indexesOf(files.SOD, derOid("2.23.136.1.1.2"));
    const SOD = files.SOD.slice();
    SOD.set(derOid("2.23.136.1.1.1"), outside);
    expect(check(verify({ ...files, SOD }), "sod-signature")).toEqual([
      "failed",
      "CONTENT_TYPE_MISMATCH",
    ]);
  });

  test("by a key on parameters with a chosen generator is refused", () => {
    const point = portableCrypto.ecPublicKey("P-256", SIGNER_KEY.scalar);
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit("P-256", point)),
      derBitString(point),
    );
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["failed", "EC_PARAMETERS_UNKNOWN"]);
    expect(report.verdict).toBe("not-authentic");
  });

  test("with a key that cannot be read is refused", () => {
    const publicKey = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), derOid("1.2.840.10045.3.1.7")),
      derBitString(new Uint8Array(65)),
    );
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["failed", "KEY_MALFORMED"]);
  });

  test("with a kind of key that is not known is left open", () => {
    const publicKey = derSequence(derSequence(derOid("1.2.3.4")), derBitString(new Uint8Array(8)));
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ publicKey }) }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "ALGORITHM_UNSUPPORTED"]);
    expect(report.verdict).toBe("undetermined");
  });

  test("is missing where there is no file, and fails where it cannot be read", () => {
    const { SOD, ...groups } = makeFiles();
    expect(check(verify(groups), "sod-signature")).toEqual(["undetermined", "NO_SOD"]);
    expect(verify(groups).verdict).toBe("undetermined");
    const cut = verify({ ...groups, SOD: SOD.subarray(0, SOD.length - 1) });
    expect(check(cut, "sod-signature")).toEqual(["failed", "SOD_MALFORMED"]);
    expect(cut.verdict).toBe("not-authentic");
    expect(cut.document.number).toBeNull();
  });

  test("of several signers is the best one's", () => {
    const right = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const report = verify(makeFiles({ signers: [{ ...right, key: OTHER_KEY }, right] }));
    expect(report.verdict).toBe("authentic");
    expect(deviations(report)).toEqual(["SIGNER_UNVERIFIED"]);
  });

  test("of a crowd of signers is left open, after a few", () => {
    const wrong = { key: OTHER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const report = verify(makeFiles({ signers: Array.from({ length: 9 }, () => wrong) }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
  });

  test("of a thousand certificates is left open, after a few", () => {
    const certificate = makeSignerCertificate({ serialNumber: 99n });
    const certificates = Array.from({ length: 1_000 }, () => certificate);
    const report = verify(makeFiles({ options: { certificates } }));
    expect(check(report, "sod-signature")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
  });

  test("needs a certificate, from the file or from the store", () => {
    const files = makeFiles({ options: { certificates: [] } });
    const missing = verify(files);
    expect(check(missing, "sod-signature")).toEqual(["undetermined", "SIGNER_CERTIFICATE_MISSING"]);
    const found = verify(files, { trust: trusting(makeAuthority(), makeSignerCertificate()) });
    expect([found.verdict, deviations(found)]).toEqual([
      "authentic",
      ["SIGNER_CERTIFICATE_ABSENT"],
    ]);
  });

  test("finds its certificate beside others, readable or not", () => {
    const certificates = [Uint8Array.of(0x30, 0), makeAuthority(), makeSignerCertificate()];
    expect(verify(makeFiles({ options: { certificates } })).verdict).toBe("authentic");
    const broken = verify(makeFiles({ options: { certificates: [Uint8Array.of(0x30, 0)] } }));
    expect(check(broken, "sod-signature")).toEqual(["failed", "CERTIFICATE_MALFORMED"]);
  });

  test("may name its signer in other words, and the report says so", () => {
    const certificate = makeSignerCertificate();
    const naming = (changes: Parameters<typeof makeSignerCertificate>[0]) =>
      makeFiles({
        signer: { certificate: makeSignerCertificate(changes) },
        options: { certificates: [certificate] },
      });
    const reordered = verify(naming({ issuer: [...AUTHORITY_NAME].reverse() }));
    expect([reordered.verdict, deviations(reordered)]).toEqual([
      "authentic",
      ["SIGNER_NAME_REORDERED"],
    ]);
    const respelled = verify(
      naming({ issuer: AUTHORITY_NAME.map(([type, text]) => [type, text.toLowerCase()]) }),
    );
    expect([respelled.verdict, deviations(respelled)]).toEqual([
      "authentic",
      ["SIGNER_NAME_RESPELLED"],
    ]);
    const another = verify(naming({ serialNumber: 77n }));
    expect([another.verdict, deviations(another)]).toEqual([
      "authentic",
      ["SIGNER_IDENTIFIER_MISMATCH"],
    ]);
  });

  test("may name another hash than it was made with, and the report says so", () => {
    const files = makeFiles({
      signer: { algorithm: { scheme: "ECDSA", hash: "SHA-256" }, digest: "SHA-256" },
    });
    // ecdsa-with-SHA1 in place of ecdsa-with-SHA256 in the SignerInfo, one byte shorter.
    const named = Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    const at = lastIndexOfBytes(files.SOD, named);
    const SOD = files.SOD.slice();
    // ecdsa-with-SHA512 has an identifier of the same length.
    SOD[at + named.length - 1] = 4;
    const report = verify({ ...files, SOD });
    expect([report.verdict, deviations(report)]).toEqual([
      "authentic",
      ["SIGNATURE_HASH_MISNAMED"],
    ]);
    expect(report.signer.signatureAlgorithm).toBe("ECDSA with SHA-256");
  });
});

describe("the work that a document may cause", () => {
  const counting = () => {
    let verified = 0;
    const crypto: CryptoProvider = {
      ...nodeCrypto,
      ecdsaVerify: (...args) => {
        verified++;
        return nodeCrypto.ecdsaVerify(...args);
      },
    };
    return { crypto, count: () => verified };
  };

  test("is two signatures for a usual one", () => {
    const { crypto, count } = counting();
    verify(makeFiles(), { crypto });
    expect(count()).toBe(2);
  });

  test("is four signers of many", () => {
    const wrong = { key: OTHER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const { crypto, count } = counting();
    verify(makeFiles({ signers: Array.from({ length: 16 }, () => wrong) }), { crypto });
    expect(count()).toBe(4);
  });

  test("is forty signatures, however many authorities have the name", () => {
    const namesakes = Array.from({ length: 60 }, (_, i) =>
      makeAuthority({ key: derivedEcKey("P-256", `namesake ${i}`, portableCrypto) }),
    );
    const certificate = makeSignerCertificate({ issuerKey: OTHER_KEY });
    const { crypto, count } = counting();
    const report = verify(makeFiles({ certificate }), { crypto, trust: trusting(...namesakes) });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "LIMIT_EXCEEDED"]);
    expect(count()).toBe(40);
  });
});

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
    altered[lastIndexOfBytes(altered, named) + named.length - 1] = 3;
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

describe("the hashes of data groups", () => {
  const DG3 = Uint8Array.of(0x63, 0x01, 0x00);
  const files = makeFiles({ more: { 3: DG3 } });

  test.each(["DG1", "DG2", "DG3"] as const)("fail for an altered %s", (name) => {
    const report = verify({ ...files, [name]: withFlippedBit(files[name]!, -1) });
    expect(check(report, "data-group-hashes")).toEqual(["failed", "HASH_MISMATCH"]);
    expect(report.dataGroups[Number(name.slice(2)) as 1 | 2 | 3]).toEqual({ hash: "mismatch" });
    expect(report.verdict).toBe("not-authentic");
  });

  test("pass without a group that the chip refuses", () => {
    const { DG3: _, ...read } = files;
    const report = verify(read);
    expect(report.dataGroups[3]).toEqual({ hash: "not-read" });
    expect(report.verdict).toBe("authentic");
  });

  test("say of a file that is not listed that it is not, and take nothing from it", () => {
    const report = verify({ ...files, DG4: Uint8Array.of(0x76, 0x01, 0x00) });
    expect(report.dataGroups[4]).toEqual({ hash: "not-in-sod" });
    expect(report.verdict).toBe("authentic");
  });

  test("prove nothing of a document whose DG1 was not read", () => {
    const { DG1: _, ...read } = files;
    const report = verify(read);
    expect(check(report, "data-group-hashes")).toEqual(["undetermined", "DG1_NOT_READ"]);
    expect(report.verdict).toBe("undetermined");
    const alone = verify({ SOD: files.SOD });
    expect(check(alone, "data-group-hashes")).toEqual(["undetermined", "DG1_NOT_READ"]);
  });

  test("of a kind that is not known are left open", () => {
    const { DG1 } = files;
    const content = encodeLdsSecurityObject({
      version: 0,
      hashAlgorithm: "1.2.3.4",
      dataGroupHashes: new Map([[1, portableCrypto.hash("SHA-256", DG1!)]]),
    });
    const signer = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const SOD = encodeSod(signContent("2.23.136.1.1.1", content, [signer], tools));
    const report = verify({ SOD, DG1: DG1! });
    expect(check(report, "data-group-hashes")).toEqual(["undetermined", "ALGORITHM_UNSUPPORTED"]);
    expect(report.dataGroups).toEqual({});
    expect(report.document.number).toBeNull();
  });
});

describe("consistency", () => {
  const opened = (mrzInformation: string): ChipEvidence => ({
    protocol: "access-control",
    access: {
      protocol: "bac",
      variant: null,
      cipher: "3DES",
      domainParameters: null,
      downgraded: false,
    },
    mrzInformation,
    outcomes: { DG1: "read" },
  });

  test("of the zone: the printed one opened the chip", () => {
    const report = verify(makeFiles(), { evidence: [opened("L898902C3674081221204159")] });
    expect(check(report, "mrz-consistency")).toEqual(["passed", null]);
    expect(check(report, "access-control")).toEqual(["passed", null]);
    expect(report.access.protocol).toBe("bac");
  });

  test("of the zone: another one opened the chip, a finding that does not decide", () => {
    const report = verify(makeFiles(), { evidence: [opened("L898902C4974081221204159")] });
    expect(check(report, "mrz-consistency")).toEqual(["failed", "MRZ_MISMATCH"]);
    expect(report.verdict).toBe("authentic");
  });

  test("of the zone: a wrong check digit is a finding", () => {
    const report = verify(makeFiles({ mrz: SPECIMEN_MRZ.replace("C36UTO", "C35UTO") }));
    expect(check(report, "mrz-consistency")).toEqual(["failed", "CHECK_DIGIT_WRONG"]);
    expect(report.verdict).toBe("authentic");
  });

  test("of the zone: not without DG1, and not of one that is not covered", () => {
    const { DG1, ...rest } = makeFiles();
    expect(check(verify(rest), "mrz-consistency")).toEqual(["undetermined", "DG1_NOT_READ"]);
    const altered = verify({ ...rest, DG1: withFlippedBit(DG1!, -1) });
    expect(check(altered, "mrz-consistency")).toEqual(["undetermined", "DG1_NOT_COVERED"]);
    expect(altered.document.surname).toBeNull();
  });

  test("of countries passes where document, signer and anchor agree", () => {
    expect(check(verify(makeFiles()), "country-consistency")).toEqual(["passed", null]);
  });

  test("of countries is a finding where they differ", () => {
    const report = verify(makeFiles({ mrz: SPECIMEN_MRZ.replace("P<UTO", "P<D<<") }));
    expect(check(report, "country-consistency")).toEqual(["failed", "COUNTRY_MISMATCH"]);
    expect(report.verdict).toBe("authentic");
  });

  test("of countries is open where a certificate names none", () => {
    const [authority, subject, usage] = signerExtensions();
    const certificate = makeSignerCertificate({
      subject: [["commonName", "Nobody's"]],
      extensions: [authority!, subject!, usage!],
    });
    expect(check(verify(makeFiles({ certificate })), "country-consistency")).toEqual([
      "undetermined",
      "COUNTRY_UNKNOWN",
    ]);
  });

  test("a DG1 that cannot be read is said to be so", () => {
    const DG1 = Uint8Array.of(0x61, 0x00);
    const content = encodeLdsSecurityObject({
      version: 0,
      hashAlgorithm: "2.16.840.1.101.3.4.2.1",
      dataGroupHashes: new Map([[1, portableCrypto.hash("SHA-256", DG1)]]),
    });
    const signer = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const SOD = encodeSod(signContent("2.23.136.1.1.1", content, [signer], tools));
    const report = verify({ SOD, DG1 });
    expect(check(report, "mrz-consistency")).toEqual(["undetermined", "DG1_MALFORMED"]);
  });
});

test("the key of the test authority and its public half belong together", () => {
  const key = publicKeyOf(AUTHORITY_KEY, portableCrypto);
  expect(key.type === "EC" && portableCrypto.ecIsPoint("P-256", key.point)).toBe(true);
});

const indexesOf = (bytes: Uint8Array, part: Uint8Array): number[] =>
  Array.from(bytes.keys()).filter((at) => equalBytes(bytes.subarray(at, at + part.length), part));

const lastIndexOfBytes = (bytes: Uint8Array, part: Uint8Array): number =>
  indexesOf(bytes, part).at(-1) ?? -1;

const replaceBytes = (bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array => {
  const copy = bytes.slice();
  for (const at of indexesOf(bytes, from)) copy.set(to, at);
  return copy;
};
