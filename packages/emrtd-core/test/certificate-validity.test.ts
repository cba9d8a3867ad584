import { describe, expect, test } from "vitest";
import { encodeDg12 } from "../src/lds/dg12.js";
import type { VerificationPolicy } from "../src/verification/policy.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  signerExtensions,
  trusting,
  x,
} from "./support/test-document.js";

/** The signer's certificate of these documents is valid from 2024 to the end of 2033. */
const judge = (
  files: Parameters<typeof verify>[0],
  at = "2026-01-01T00:00:00Z",
  policy: VerificationPolicy = {},
) => {
  const report = verify(files, { at: new Date(at), policy });
  const { detail } = report.checks.find(({ id }) => id === "certificate-validity")!;
  return { result: check(report, "certificate-validity"), detail, found: deviations(report) };
};

const issuedOn = (dateOfIssue: string) => makeFiles({ more: { 12: encodeDg12({ dateOfIssue }) } });
const signedAt = (time: string) => makeFiles({ signer: { signingTime: new Date(time) } });
const usedFrom = (from: string, to: string) => {
  const period = x.privateKeyUsagePeriod(new Date(from), new Date(to));
  return makeFiles({
    certificate: makeSignerCertificate({ extensions: [...signerExtensions(), period] }),
  });
};

describe("the time of signing in a report", () => {
  test("is what the signer states, where it does", () => {
    const files = makeFiles({
      more: { 12: encodeDg12({ dateOfIssue: "20240701" }) },
      signer: { signingTime: new Date("2024-06-01T12:00:00Z") },
    });
    expect(judge(files).detail["signing"]).toEqual({
      source: "signing-time",
      from: "2024-06-01T12:00:00.000Z",
      to: "2024-06-01T12:00:00.000Z",
      withinValidity: true,
      withinKeyUsage: null,
    });
  });

  test("is the date of issue in DG12, wherever on earth that day was", () => {
    expect(judge(issuedOn("20240701")).detail["signing"]).toMatchObject({
      source: "date-of-issue",
      from: "2024-06-30T12:00:00.000Z",
      to: "2024-07-02T12:00:00.000Z",
    });
  });

  test("is not the date in a DG12 that was not signed, nor a date that is none", () => {
    const files = issuedOn("20240701");
    const DG12 = encodeDg12({ dateOfIssue: "20240702" });
    expect(judge({ ...files, DG12 }).detail["signing"]).toBeNull();
    expect(judge({ ...makeFiles(), DG12 }).detail["signing"]).toBeNull();
    for (const date of ["20241301", "20240230", "00000000"]) {
      expect(judge(issuedOn(date)).detail["signing"]).toBeNull();
    }
  });

  test("is estimated by the period in which the key was in use", () => {
    expect(judge(usedFrom("2024-02-01Z", "2024-05-01Z")).detail["signing"]).toMatchObject({
      source: "key-usage-period",
      from: "2024-02-01T00:00:00.000Z",
      to: "2024-05-01T00:00:00.000Z",
      withinKeyUsage: true,
    });
  });

  test("is not known where nothing tells", () => {
    expect(judge(makeFiles()).detail["signing"]).toBeNull();
  });

  test("outside the certificate's validity is a finding, and named by its source", () => {
    expect(judge(signedAt("2023-06-01T00:00:00Z")).found).toEqual(["SIGNED_OUTSIDE_VALIDITY"]);
    expect(judge(issuedOn("20230601")).found).toEqual(["DATE_OF_ISSUE_OUTSIDE_VALIDITY"]);
    expect(judge(issuedOn("20231231")).found).toEqual([]);
  });
});

describe("the time at which the signer's certificate is judged", () => {
  test("is that of reading, and the report says so", () => {
    const { result, detail } = judge(signedAt("2024-06-01T00:00:00Z"), "2034-06-01T00:00:00Z");
    expect(result).toEqual(["failed", "EXPIRED"]);
    expect(detail).toMatchObject({
      judgedAt: "2034-06-01T00:00:00.000Z",
      judgedBecause: "reading",
      notAfter: "2034-01-01T00:00:00.000Z",
    });
    expect(detail["explanation"]).toMatch(/at the time of reading/);
  });

  const late = "2034-06-01T00:00:00Z";
  test.each([
    ["signing-time", signedAt("2024-06-01T00:00:00Z"), "2024-06-01T00:00:00.000Z"],
    ["date-of-issue", issuedOn("20240701"), "2024-06-30T12:00:00.000Z"],
    ["key-usage-period", usedFrom("2024-02-01Z", "2024-05-01Z"), "2024-02-01T00:00:00.000Z"],
  ])("is that of signing where a policy says so: %s", (judgedBecause, files, judgedAt) => {
    const { result, detail } = judge(files, late, { signerValidAt: "signing" });
    expect(result).toEqual(["passed", null]);
    expect(detail).toMatchObject({ judgedBecause, judgedAt });
  });

  test("is that of reading all the same where the time of signing is not known", () => {
    const { result, detail } = judge(makeFiles(), late, { signerValidAt: "signing" });
    expect([result, detail["judgedBecause"]]).toEqual([["failed", "EXPIRED"], "reading"]);
  });

  test("of signing can be one at which the certificate was not valid", () => {
    const policy = { signerValidAt: "signing" } as const;
    const at = "2026-01-01T00:00:00Z";
    expect(judge(signedAt("2023-06-01T00:00:00Z"), at, policy).result[1]).toBe("NOT_YET_VALID");
    expect(judge(issuedOn("20340601"), at, policy).result[1]).toBe("EXPIRED");
  });
});

test("the authority's certificate is judged when it issued the signer's, and at no other time", () => {
  const anchor = makeAuthority({ notAfter: new Date("2024-02-01T00:00:00Z") });
  const report = verify(makeFiles(), { trust: trusting(anchor) });
  expect(report.verdict).toBe("authentic");
  const { detail } = report.checks.find(({ id }) => id === "certificate-validity")!;
  expect(detail["issuer"]).toEqual({
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2024-02-01T00:00:00.000Z",
    judgedAt: "2024-01-01T00:00:00.000Z",
    within: true,
  });
});
