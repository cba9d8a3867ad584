import { describe, expect, test } from "vitest";
import type { ChipEvidence } from "../src/authentication/evidence.js";
import { signContent } from "../src/chip/pki.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { encodeLdsSecurityObject, encodeSod } from "../src/lds/sod.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  ECDSA,
  makeFiles,
  makeSignerCertificate,
  SIGNER_KEY,
  SPECIMEN_MRZ,
  signerExtensions,
  tools,
  withFlippedBit,
} from "./support/test-document.js";

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
    expect(deviations(report)).toEqual([]);
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
