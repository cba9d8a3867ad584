import { describe, expect, test } from "vitest";
import {
  crlNumber,
  invalidityDate,
  issueCrl,
  type RevokedContent,
  reasonCode,
} from "../src/chip/pki.js";
import { decodeCrl } from "../src/cms/crl.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { encodeDg12 } from "../src/lds/dg12.js";
import { nodeCrypto } from "../src/node/index.js";
import { createTrustStore } from "../src/trust/store.js";
import type { VerificationPolicy } from "../src/verification/policy.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  AUTHORITY_NAME,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  tools,
  withFlippedBit,
  x,
} from "./support/test-document.js";
import {
  crlSource,
  LAST_KEY,
  makeCrl,
  makeLink,
  RENEWED_KEY,
  trustingAlso,
} from "./support/test-trust.js";

const files = makeFiles();
const REVOKED_AT = new Date("2025-03-01T00:00:00Z");
const SIGNER: RevokedContent = { serialNumber: 2n, revocationDate: REVOKED_AT };
const ANOTHER: RevokedContent = { serialNumber: 99n, revocationDate: REVOKED_AT };

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const indexOf = (bytes: Uint8Array, part: Uint8Array): number =>
  bytes.findIndex((_, at) => part.every((byte, i) => bytes[at + i] === byte));
const WITH_SIGNER = makeCrl({ revoked: [SIGNER] });

const judge = (crls: readonly Uint8Array[], options: Parameters<typeof verify>[1] = {}) => {
  const trust = trustingAlso(...crls.map((bytes) => crlSource(bytes)));
  const report = verify(files, { trust, ...options });
  const { detail } = report.checks.find(({ id }) => id === "revocation")!;
  return {
    result: [...check(report, "revocation"), report.verdict],
    findings: deviations(report),
    detail,
  };
};

describe.each([portableCrypto, nodeCrypto])("a revocation list, with $name", (crypto) => {
  test("that does not name the signer lets the check pass", () => {
    const { result, detail } = judge([makeCrl({ revoked: [ANOTHER] })], { crypto });
    expect(result).toEqual(["passed", null, "authentic"]);
    expect(detail["crl"]).toEqual({
      issuer: "CN=CSCA,O=Utopia,C=UT",
      origin: "crl",
      thisUpdate: "2025-12-01T00:00:00.000Z",
      nextUpdate: "2026-02-01T00:00:00.000Z",
    });
  });

  test("that names the signer ends in not authentic", () => {
    const extensions = [reasonCode("keyCompromise"), invalidityDate(new Date("2025-01-01Z"))];
    const { result, detail } = judge([makeCrl({ revoked: [{ ...SIGNER, extensions }] })], {
      crypto,
    });
    expect(result).toEqual(["failed", "REVOKED", "not-authentic"]);
    expect(detail).toMatchObject({
      certificate: "document signer",
      revocationDate: "2025-03-01T00:00:00.000Z",
      invalidityDate: "2025-01-01T00:00:00.000Z",
      reason: "keyCompromise",
    });
  });
});

describe("without a list that counts nothing is known", () => {
  test("with none at all", () => {
    expect(judge([]).result).toEqual(["undetermined", "NO_CRL", "authentic"]);
  });

  test("with one of another country, and nothing is said of it", () => {
    const name = [["countryName", "DE"]] as const;
    const { result, findings } = judge([makeCrl({ issuer: name, key: OTHER_KEY })]);
    expect([result, findings]).toEqual([["undetermined", "NO_CRL", "authentic"], []]);
  });

  test.each([
    ["one altered bit of the signature", withFlippedBit(makeCrl({ revoked: [SIGNER] }), -1)],
    [
      "one altered bit of an entry",
      withFlippedBit(WITH_SIGNER, indexOf(WITH_SIGNER, ascii("250301000000Z")) + 1),
    ],
    ["a key that is not trusted", makeCrl({ revoked: [SIGNER], key: OTHER_KEY })],
    [
      "a key that is not trusted, under the identifier of one that is",
      makeCrl({
        revoked: [SIGNER],
        key: OTHER_KEY,
        extensions: decodeCrl(makeCrl()).extensions,
      }),
    ],
  ])("with %s the list is ignored, and the report says so", (_, bytes) => {
    const { result, findings } = judge([bytes]);
    expect([result, findings]).toEqual([
      ["undetermined", "NO_CRL", "authentic"],
      ["CRL_NOT_TRUSTED"],
    ]);
  });

  test("with a list by an anchor that may not sign one", () => {
    const anchor = makeAuthority({
      extensions: [x.authorityConstraints(), x.keyUsage("keyCertSign")],
    });
    const trust = createTrustStore([
      { type: "certificate", bytes: anchor },
      crlSource(makeCrl({ revoked: [SIGNER] })),
    ]);
    const { result, findings } = judge([], { trust });
    expect([result, findings]).toEqual([
      ["undetermined", "NO_CRL", "authentic"],
      ["CRL_NOT_TRUSTED"],
    ]);
  });

  test.each([
    ["a list of changes", [{ id: "2.5.29.27", critical: true, value: Uint8Array.of(2, 1, 1) }]],
    [
      "a part of a list, or an indirect one",
      [{ id: "2.5.29.28", critical: true, value: Uint8Array.of(0x30, 3, 0x84, 1, 0xff) }],
    ],
    [
      "a list that says something critical that is not known",
      [{ id: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) }],
    ],
  ])("with %s", (_, extensions) => {
    const { result, findings } = judge([makeCrl({ revoked: [SIGNER], extensions })]);
    expect([result, findings]).toEqual([
      ["undetermined", "NO_CRL", "authentic"],
      ["CRL_UNSUPPORTED"],
    ]);
  });

  test("with an entry of another issuer's certificate", () => {
    const certificateIssuer = { id: "2.5.29.29", critical: true, value: Uint8Array.of(0x30, 0) };
    const entry = { ...SIGNER, extensions: [certificateIssuer] };
    expect(judge([makeCrl({ revoked: [entry] })]).findings).toEqual(["CRL_UNSUPPORTED"]);
  });

  test("with a list that cannot be read", () => {
    const altered = WITH_SIGNER.slice();
    altered.set(ascii("251301"), indexOf(altered, ascii("251201000000Z")));
    const { result, findings } = judge([altered]);
    expect([result, findings]).toEqual([
      ["undetermined", "NO_CRL", "authentic"],
      ["CRL_MALFORMED"],
    ]);
  });

  test("with what is no list at all the store is refused", () => {
    for (const bytes of [new Uint8Array(), makeAuthority().subarray(1), makeFiles().SOD]) {
      expect(() => trustingAlso(crlSource(bytes))).toThrow(
        expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }),
      );
    }
  });
});

describe("the dates of a list", () => {
  test("beyond nextUpdate it is stale: not known, and not blocking", () => {
    const { result } = judge([makeCrl({ nextUpdate: new Date("2025-12-31T23:59:59Z") })]);
    expect(result).toEqual(["undetermined", "CRL_STALE", "authentic"]);
  });

  test("what a stale list names is revoked all the same", () => {
    const stale = makeCrl({ revoked: [SIGNER], nextUpdate: new Date("2025-12-31T23:59:59Z") });
    expect(judge([stale]).result).toEqual(["failed", "REVOKED", "not-authentic"]);
  });

  test("without nextUpdate it lasts 90 days, and the report says so", () => {
    const endless = (thisUpdate: string) =>
      issueCrl(
        { issuer: AUTHORITY_NAME, thisUpdate: new Date(thisUpdate) },
        { key: AUTHORITY_KEY, algorithm: ECDSA },
        tools,
      );
    expect(judge([endless("2025-12-01T00:00:00Z")])).toMatchObject({
      result: ["passed", null, "authentic"],
      findings: ["CRL_NEXT_UPDATE_ABSENT"],
    });
    expect(judge([endless("2025-09-01T00:00:00Z")]).result).toEqual([
      "undetermined",
      "CRL_STALE",
      "authentic",
    ]);
  });

  test("of several lists the newest decides", () => {
    const older = makeCrl({ revoked: [SIGNER], thisUpdate: new Date("2025-10-01T00:00:00Z") });
    const newer = makeCrl();
    expect(judge([older, newer]).result[0]).toBe("passed");
    expect(judge([newer, older]).result[0]).toBe("passed");
    expect(judge([makeCrl({ revoked: [SIGNER] }), older]).result[0]).toBe("failed");
  });
});

describe("whose list it is", () => {
  const newName = [
    ["countryName", "UT"],
    ["commonName", "New CSCA"],
  ] as const;

  test("one of the authority's newer key, of another name, covers what the older one issued", () => {
    const renewed = makeAuthority({ key: RENEWED_KEY, issuer: newName, subject: newName });
    const bytes = makeCrl({ key: RENEWED_KEY, issuer: newName, revoked: [SIGNER] });
    const trust = trustingAlso({ type: "certificate", bytes: renewed }, crlSource(bytes));
    expect(check(verify(files, { trust }), "revocation")).toEqual(["failed", "REVOKED"]);
  });

  test("one of a key that only a link certificate leads to", () => {
    const bytes = makeCrl({ key: RENEWED_KEY, revoked: [SIGNER] });
    const trust = trustingAlso({ type: "link-certificate", bytes: makeLink() }, crlSource(bytes));
    expect(check(verify(files, { trust }), "revocation")).toEqual(["failed", "REVOKED"]);
  });

  test("not one of another authority that shares the country, by its codes", () => {
    const region = makeAuthority({
      key: LAST_KEY,
      issuer: newName,
      subject: newName,
      extensions: [x.authorityConstraints(), x.alternativeName("subjectAltName", "HKG")],
    });
    const bytes = makeCrl({ key: LAST_KEY, issuer: newName, revoked: [SIGNER], extensions: [] });
    const trust = trustingAlso({ type: "certificate", bytes: region }, crlSource(bytes));
    expect(check(verify(files, { trust }), "revocation")).toEqual(["undetermined", "NO_CRL"]);
  });

  test("a newer one of another authority of the country does not give back what the issuer took", () => {
    const second = makeAuthority({
      key: LAST_KEY,
      issuer: newName,
      subject: newName,
      extensions: [x.authorityConstraints()],
    });
    const newer = { thisUpdate: new Date("2025-12-20T00:00:00Z"), extensions: [] };
    const judged = (own: Uint8Array) =>
      check(
        verify(files, {
          trust: trustingAlso(
            { type: "certificate", bytes: second },
            crlSource(makeCrl({ ...newer, key: LAST_KEY, issuer: newName })),
            crlSource(own),
          ),
        }),
        "revocation",
      );
    expect(judged(WITH_SIGNER)).toEqual(["failed", "REVOKED"]);
    expect(judged(makeCrl())).toEqual(["passed", null]);
  });

  test("it can take back a link certificate, and the authority itself", () => {
    const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY });
    const judged = (serialNumber: bigint) => {
      const bytes = makeCrl({ revoked: [{ ...SIGNER, serialNumber }] });
      const trust = trustingAlso({ type: "link-certificate", bytes: makeLink() }, crlSource(bytes));
      const report = verify(makeFiles({ certificate }), { trust });
      return report.checks.find(({ id }) => id === "revocation");
    };
    expect(judged(50n)).toMatchObject({
      reason: "REVOKED",
      detail: { certificate: "link certificate" },
    });
    expect(judged(1n)).toMatchObject({ reason: "REVOKED", detail: { certificate: "authority" } });
  });

  test("an entry whose reason cannot be read is an entry", () => {
    const extensions = [{ id: "2.5.29.21", critical: false, value: Uint8Array.of(5, 0) }];
    const { result } = judge([makeCrl({ revoked: [{ ...SIGNER, extensions }] })]);
    expect(result).toEqual(["failed", "REVOKED", "not-authentic"]);
  });
});

describe("a certificate that was taken back after it signed", () => {
  const policy: VerificationPolicy = { revokedAfterSigning: "undetermined" };
  const crl = makeCrl({ revoked: [SIGNER] });
  const judged = (document: ReturnType<typeof makeFiles>, rest: VerificationPolicy = policy) => {
    const report = verify(document, { trust: trustingAlso(crlSource(crl)), policy: rest });
    return [...check(report, "revocation"), report.verdict];
  };
  const signed = (time: string) => makeFiles({ signer: { signingTime: new Date(time) } });

  test("is revoked, unless the policy puts up with it", () => {
    expect(judged(signed("2024-06-01T00:00:00Z"), {})[1]).toBe("REVOKED");
    expect(judged(signed("2024-06-01T00:00:00Z"))).toEqual([
      "undetermined",
      "REVOKED_AFTER_SIGNING",
      "authentic",
    ]);
  });

  test("by the date of issue in DG12 where the signer states no time", () => {
    const DG12 = encodeDg12({ dateOfIssue: "20240601" });
    expect(judged(makeFiles({ more: { 12: DG12 } }))[1]).toBe("REVOKED_AFTER_SIGNING");
    const late = encodeDg12({ dateOfIssue: "20250601" });
    expect(judged(makeFiles({ more: { 12: late } }))[1]).toBe("REVOKED");
    expect(judged({ ...makeFiles({ more: { 12: late } }), DG12 })[1]).toBe("REVOKED");
  });

  test("is revoked where nothing tells when, or the key was lost before", () => {
    expect(judged(files)[1]).toBe("REVOKED");
    const extensions = [invalidityDate(new Date("2024-05-01T00:00:00Z"))];
    const trust = trustingAlso(crlSource(makeCrl({ revoked: [{ ...SIGNER, extensions }] })));
    const report = verify(signed("2024-06-01T00:00:00Z"), { trust, policy });
    expect(check(report, "revocation")).toEqual(["failed", "REVOKED"]);
  });

  test("is not authentic enough where revocation must be known", () => {
    const required = { ...policy, required: ["revocation"] } as const;
    expect(judged(signed("2024-06-01T00:00:00Z"), required)[2]).toBe("undetermined");
  });
});

test("a list has a number, and is seen with its country", () => {
  const bytes = makeCrl({ extensions: [crlNumber(258n)], key: AUTHORITY_KEY });
  expect(decodeCrl(bytes).crlNumber).toEqual(Uint8Array.of(1, 2));
  const [country] = trustingAlso(crlSource(bytes)).countries();
  expect(country?.crls).toMatchObject([{ trusted: true, origin: "crl" }]);
});
