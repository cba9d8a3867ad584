import { expect } from "vitest";
import { sameCountry } from "../../src/verification/countries.js";
import { check, deviations, verify } from "../support/judged.js";
import {
  AUTHORITY_KEY,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  SPECIMEN_MRZ,
  signerExtensions,
  trusting,
  x,
} from "../support/test-document.js";

const subjectOf = (country: string) =>
  [
    ["countryName", country],
    ["commonName", "Document Signer"],
  ] as const;

/** Whether document, signer and authority of these countries are held to be of one. */
const agree = (issuer: string, signer: string, authority = signer): boolean => {
  const mrz = SPECIMEN_MRZ.replace("P<UTO", `P<${issuer.padEnd(3, "<")}`);
  const [key, own, usage] = signerExtensions();
  const certificate = makeSignerCertificate({
    subject: subjectOf(signer),
    extensions: [key!, own!, usage!],
  });
  const [first, second, third, fourth] = authorityExtensions();
  const anchor = makeAuthority({
    subject: subjectOf(authority),
    extensions: [first, second, third, fourth],
  });
  const report = verify(makeFiles({ mrz, certificate }), { trust: trusting(anchor) });
  expect(report.verdict).toBe("authentic");
  return check(report, "country-consistency")[0] === "passed";
};

const authorityExtensions = () =>
  [
    signerExtensions(AUTHORITY_KEY)[0]!,
    x.subjectKeyIdentifier(AUTHORITY_IDENTIFIER),
    x.keyUsage("keyCertSign", "cRLSign"),
    x.authorityConstraints(),
  ] as const;

/** The key identifier of the test authority, as its certificate has it. */
const AUTHORITY_IDENTIFIER = signerExtensions(AUTHORITY_KEY)[0]!.value.slice(-20);

export const certificateQuirks = {
  "country-case": () => {
    expect(agree("UTO", "ut")).toBe(true);
    expect(agree("UTO", "de")).toBe(false);
  },
  "country-of-hong-kong": () => {
    expect(agree("CHN", "HK")).toBe(true);
    expect(agree("CHN", "MO")).toBe(true);
    expect(sameCountry("HKG", "CN")).toBe(true);
    expect(sameCountry("HKG", "MO")).toBe(false);
  },
  "country-of-bermuda": () => {
    expect(agree("BMU", "GB")).toBe(true);
    expect(agree("BMU", "US")).toBe(false);
  },
  "country-of-germany": () => {
    expect(agree("D", "DE")).toBe(true);
    expect(sameCountry("D", "DEU")).toBe(true);
    expect(agree("D", "FR")).toBe(false);
  },
  "authority-profile": () => {
    const [key, own, usage] = authorityExtensions();
    for (const extensions of [
      [key, own, usage],
      [own, x.keyUsage("keyCertSign")],
      [own, x.authorityConstraints()],
    ]) {
      const report = verify(makeFiles(), { trust: trusting(makeAuthority({ extensions })) });
      expect(report.verdict).toBe("authentic");
      expect(report.deviations.some(({ code }) => code.startsWith("PROFILE_"))).toBe(true);
    }
  },
  "document-types-malformed": () => {
    const value = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00);
    const extensions = [...signerExtensions(), { id: "2.23.136.1.1.6.2", critical: false, value }];
    const report = verify(makeFiles({ certificate: makeSignerCertificate({ extensions }) }));
    expect(report.verdict).toBe("authentic");
    expect(deviations(report)).toContain("EXTENSION_MALFORMED");
  },
  "authority-same-name": () => {
    const older = makeAuthority({ key: OTHER_KEY });
    const [, ...withoutAuthorityKey] = signerExtensions();
    for (const extensions of [signerExtensions(), withoutAuthorityKey]) {
      const files = makeFiles({ certificate: makeSignerCertificate({ extensions }) });
      expect(verify(files, { trust: trusting(older, makeAuthority()) }).verdict).toBe("authentic");
      expect(verify(files, { trust: trusting(older) }).verdict).toBe("undetermined");
    }
  },
  "authority-expired": () => {
    const anchor = makeAuthority({ notAfter: new Date("2025-01-01T00:00:00Z") });
    const report = verify(makeFiles(), { trust: trusting(anchor) });
    expect(check(report, "certificate-validity")).toEqual(["passed", null]);
    expect(report.verdict).toBe("authentic");
  },
};
