import { describe, expect, test } from "vitest";
import { sameCountry } from "../src/verification/countries.js";
import {
  CHECK_IDS,
  type Check,
  type CheckId,
  type CheckStatus,
} from "../src/verification/report.js";
import { VERDICT_RULES, verdictOf } from "../src/verification/verdict.js";

const PROOFS_OF_DATA = [
  "sod-signature",
  "document-signer-chain",
  "certificate-validity",
  "data-group-hashes",
] as const;
const PROOFS_OF_CHIP = ["chip-authentication", "active-authentication"] as const;

const checks = (changes: { readonly [id in CheckId]?: CheckStatus } = {}): Check[] =>
  CHECK_IDS.map((id) => ({
    id,
    status: changes[id] ?? (id === "revocation" ? "undetermined" : "passed"),
    reason: null,
    detail: {},
  }));

describe("the verdict", () => {
  test("is authentic where all is proved, with or without a chip", () => {
    expect(verdictOf(checks())).toBe("authentic");
    expect(
      verdictOf(
        checks({
          "chip-authentication": "not-applicable",
          "active-authentication": "not-applicable",
        }),
      ),
    ).toBe("authentic");
  });

  test.each([
    "sod-signature",
    "document-signer-chain",
    "revocation",
    "data-group-hashes",
    ...PROOFS_OF_CHIP,
  ] as const)("is not-authentic where %s failed, whatever else is open", (id) => {
    const rest = Object.fromEntries(CHECK_IDS.map((other) => [other, "undetermined" as const]));
    expect(verdictOf(checks({ ...rest, [id]: "failed" }))).toBe("not-authentic");
  });

  test("is undetermined where the signer's certificate is not valid", () => {
    expect(verdictOf(checks({ "certificate-validity": "failed" }))).toBe("undetermined");
  });

  test.each([...PROOFS_OF_DATA, ...PROOFS_OF_CHIP])("is undetermined where %s is", (id) => {
    expect(verdictOf(checks({ [id]: "undetermined" }))).toBe("undetermined");
    expect(verdictOf(checks().filter((check) => check.id !== id))).toBe("undetermined");
  });

  test.each(PROOFS_OF_DATA)("is undetermined where %s is not-applicable", (id) => {
    expect(verdictOf(checks({ [id]: "not-applicable" }))).toBe("undetermined");
  });

  test.each([
    "access-control",
    "terminal-authentication",
    "mrz-consistency",
    "country-consistency",
  ] as const)("does not depend on %s, unless it is required", (id) => {
    expect(verdictOf(checks({ [id]: "failed" }))).toBe("authentic");
    expect(verdictOf(checks({ [id]: "failed" }), [id])).toBe("undetermined");
  });

  test("of no checks is undetermined", () => {
    expect(verdictOf([])).toBe("undetermined");
  });

  test("has a rule for every case", () => {
    expect(VERDICT_RULES.at(-1)?.holds(() => "undetermined", [])).toBe(true);
  });
});

describe("country codes", () => {
  test.each([
    ["D", "DE"],
    ["DEU", "DE"],
    ["D", "DEU"],
    ["UTO", "UT"],
    ["FRA", "fr"],
    ["CHN", "HK"],
    ["CHN", "MO"],
    ["HKG", "CN"],
    ["HKG", "HK"],
    ["RKS", "KS"],
    ["RKS", "XK"],
    ["UNA", "UN"],
    ["EUE", "EU"],
    ["GBD", "GB"],
    ["BMU", "GB"],
    ["ANT", "AN"],
    ["XOM", "XOM"],
    ["XPO", "xpo"],
    ["TWN", "TW"],
  ])("%s and %s can be one", (a, b) => {
    expect([sameCountry(a, b), sameCountry(b, a)]).toEqual([true, true]);
  });

  test.each([
    ["D", "DK"],
    ["AUT", "AU"],
    ["HKG", "MO"],
    ["CHE", "CH "],
    ["SVK", "SI"],
    ["BMU", "FR"],
    ["XOM", "XO"],
    ["constructor", "toString"],
  ])("%s and %s: %#", (a, b) => {
    expect(sameCountry(a, b)).toBe(a === "CHE");
  });
});
