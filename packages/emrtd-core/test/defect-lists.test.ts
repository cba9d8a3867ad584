import { describe, expect, test } from "vitest";
import { answerActiveAuthentication } from "../src/authentication/active.js";
import type { ChipEvidence } from "../src/authentication/evidence.js";
import { derivedEcKey } from "../src/chip/pki.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { publicKeyOf } from "../src/crypto/private-key.js";
import { encodeSubjectPublicKeyInfo } from "../src/crypto/public-key.js";
import { encodeDg15 } from "../src/lds/dg15.js";
import { nodeCrypto } from "../src/node/index.js";
import type { Defect, KnownDefect } from "../src/trust/defect-list.js";
import { DEFECT_TYPES, type DefectTypeName } from "../src/trust/defect-types.js";
import { DEVIATION_TYPES } from "../src/trust/deviation-types.js";
import { createTrustStore } from "../src/trust/store.js";
import { applyListed } from "../src/verification/apply-listed.js";
import { DEVIATION_RULES, type DeviationRule } from "../src/verification/deviation-rules.js";
import type { Listed } from "../src/verification/listed.js";
import type { Check, CheckId } from "../src/verification/report.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  tools,
  withFlippedBit,
} from "./support/test-document.js";
import {
  crlSource,
  DEFECT_ROOT,
  defectSource,
  deviationSource,
  makeCrl,
  makeDefectList,
  makeDeviationList,
  makeListSigner,
  trustingAlso,
} from "./support/test-trust.js";

const { issuer, serialNumber, subjectKeyIdentifier } = decodeCertificate(makeSignerCertificate());
const files = makeFiles();

const say = (
  name: DefectTypeName,
  rest: Omit<KnownDefect, "type"> = {},
  defect: Partial<Defect> = {},
): Defect[] => [
  {
    signer: { issuer, serialNumber },
    knownDefects: [{ type: DEFECT_TYPES.find((row) => row.name === name)!.oid, ...rest }],
    ...defect,
  },
];

const judge = (
  document: Parameters<typeof verify>[0],
  defects: readonly Defect[],
  options: Parameters<typeof verify>[1] = {},
) => {
  const trust = trustingAlso(defectSource(makeDefectList(defects)));
  const report = verify(document, { trust, ...options });
  return {
    report,
    result: (id: CheckId) => [...check(report, id), report.verdict],
    found: deviations(report),
  };
};

describe.each([portableCrypto, nodeCrypto])("a defect list, with $name", (crypto) => {
  test("can take the signer's certificate back", () => {
    const { result, found, report } = judge(files, say("CertRevoked", { statusCode: 4 }), {
      crypto,
    });
    expect(result("revocation")).toEqual(["failed", "REVOKED", "not-authentic"]);
    expect(found).toEqual(["DEFECT_LISTED"]);
    expect(report.deviations.at(-1)?.where).toBe("CertRevoked, revokedDLS, defects");
  });
});

describe("a defect list", () => {
  test("takes a certificate back also where the issuer's own list does not", () => {
    const trust = trustingAlso(
      crlSource(makeCrl()),
      defectSource(makeDefectList(say("CertRevoked", { statusCode: 40 }))),
    );
    const report = verify(files, { trust });
    expect(check(report, "revocation")).toEqual(["failed", "REVOKED"]);
    expect(report.deviations.at(-1)?.where).toBe("CertRevoked, status 40, defects");
  });

  test("names signers by serial number or key, and by hash beside", () => {
    const code = { statusCode: 0 };
    const revoked = (defect: Partial<Defect>) =>
      judge(files, say("CertRevoked", code, defect)).result("revocation")[1];
    const certificateHash = portableCrypto.hash("SHA-256", makeSignerCertificate());
    expect(revoked({ signer: { subjectKeyIdentifier: subjectKeyIdentifier! } })).toBe("REVOKED");
    expect(revoked({ certificateHash })).toBe("REVOKED");
    expect(revoked({ certificateHash: withFlippedBit(certificateHash, 0) })).toBe("NO_CRL");
    expect(revoked({ signer: { issuer, serialNumber: Uint8Array.of(9) } })).toBe("NO_CRL");
    expect(revoked({ signer: { subjectKeyIdentifier: new Uint8Array(20) } })).toBe("NO_CRL");
  });

  test("explains what failed, and makes nothing pass", () => {
    const wrong = { ...files, DG2: withFlippedBit(files.DG2!, -1) };
    const { result } = judge(wrong, say("SODInvalid"));
    expect(result("data-group-hashes")).toEqual([
      "undetermined",
      "EXPLAINED_BY_DEVIATION",
      "undetermined",
    ]);
    expect(
      judge(wrong, say("ePassportDGMalformed", { dataGroups: [2] })).result("data-group-hashes"),
    ).toEqual(["failed", "HASH_MISMATCH", "not-authentic"]);
  });

  test("is shown where it changes nothing", () => {
    const { found, report } = judge(files, say("PowerDownReq"));
    expect([report.verdict, found]).toEqual(["authentic", ["DEFECT_LISTED"]]);
  });

  test.each([
    ["an unknown defect of authentication", "0.4.0.127.0.7.3.1.5.1.9", "DEFECT_UNKNOWN"],
    ["one of the passport application", "0.4.0.127.0.7.3.1.5.2.9", "DEFECT_UNKNOWN"],
    ["one of the document", "0.4.0.127.0.7.3.1.5.4.9", "DEFECT_UNKNOWN"],
    ["one of the eID application", "0.4.0.127.0.7.3.1.5.3.9", null],
    ["one of no known kind", "1.2.3.4", null],
  ])("leaves open what is signed by %s", (_, type, reason) => {
    const { result } = judge(files, [
      { signer: { issuer, serialNumber }, knownDefects: [{ type }] },
    ]);
    expect(result("sod-signature")[1]).toBe(reason);
    expect(result("sod-signature")[2]).toBe(reason === null ? "authentic" : "undetermined");
  });

  test("is refused where it is not signed under its root", () => {
    const list = makeDefectList(say("CertRevoked", { statusCode: 4 }));
    const create = (bytes: Uint8Array, root = DEFECT_ROOT) =>
      createTrustStore([{ type: "defect-list", bytes, root, origin: "defects" }]);
    expect(create(list).defectLists).toHaveLength(1);
    for (const bad of [
      () => create(list, makeAuthority()),
      () => create(withFlippedBit(list, -1)),
      () => create(makeDefectList([], makeListSigner())),
    ]) {
      expect(bad).toThrow(expect.objectContaining({ code: "TRUST_LIST_REFUSED" }));
    }
    expect(() => create(makeAuthority())).toThrow(
      expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }),
    );
  });
});

describe("keys that are in other hands", () => {
  const key = derivedEcKey("brainpoolP256r1", "chip", portableCrypto);
  const publicKey = encodeSubjectPublicKeyInfo(publicKeyOf(key, portableCrypto));
  const challenge = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const withKey = makeFiles({ more: { 15: encodeDg15({ publicKey }) } });
  const evidence: ChipEvidence[] = [
    {
      protocol: "active-authentication",
      challenge,
      signature: answerActiveAuthentication(
        key,
        challenge,
        { hash: "SHA-256" },
        tools.random,
        portableCrypto,
      ),
      statusWord: 0x9000,
    },
  ];
  const id = "active-authentication";
  const compromised = ["undetermined", "KEY_COMPROMISED", "undetermined"];
  const aaKey = DEVIATION_TYPES.find(({ name }) => name === "CertOrKey-AAKeyCompromised")!.oid;

  test("prove nothing, by a defect list", () => {
    expect(judge(withKey, [], { evidence }).result(id)[0]).toBe("passed");
    const { result } = judge(withKey, say("ActiveAuthKeyRevoked"), { evidence });
    expect(result(id)).toEqual(compromised);
    expect(judge(withKey, say("ChipAuthKeyRevoked"), { evidence }).result(id)[0]).toBe("passed");
  });

  test("prove nothing, by a deviation list, even where it may be of other documents", () => {
    const descriptions = [{ type: aaKey }];
    const issued = { first: new Date("2024-05-01Z"), last: new Date("2024-07-01Z") };
    for (const documents of [{}, { issued }]) {
      const list = makeDeviationList([{ documents, descriptions }]);
      const report = verify(withKey, { trust: trustingAlso(deviationSource(list)), evidence });
      expect([...check(report, id), report.verdict]).toEqual(compromised);
    }
    const others = { documentType: "C" };
    const list = makeDeviationList([{ documents: others, descriptions }]);
    const report = verify(withKey, { trust: trustingAlso(deviationSource(list)), evidence });
    expect(check(report, id)[0]).toBe("passed");
  });
});

describe("the rules of lists", () => {
  const types = [...DEVIATION_TYPES, ...DEFECT_TYPES];
  const listedBy = (rule: DeviationRule, rest: Partial<Listed> = {}): Listed => ({
    kind: "deviation",
    type: rule.listed,
    oid: types.find(({ name }) => name === rule.listed)?.oid ?? "0.4.0.127.0.7.3.1.5.1.9",
    certain: true,
    parameters: [
      ...(rule.files ?? [2]).map((file) => ({ file })),
      ...(rule.fields ?? []).map((certificateField) => ({ certificateField })),
      { mrzField: "generic" },
    ],
    detail: null,
    origin: undefined,
    ...rest,
  });
  const checkOf = (rule: DeviationRule): Check => ({
    id: rule.check,
    status: rule.found[0]!,
    reason: rule.reasons?.[0] ?? null,
    detail: { mismatch: [2], wrongCheckDigits: ["composite"] },
  });

  test.each(DEVIATION_RULES.map((rule) => [`${rule.listed}: ${rule.check}`, rule] as const))(
    "%s",
    (_, rule) => {
      const before = checkOf(rule);
      const changed = applyListed(before, [listedBy(rule)]);
      expect(changed).toMatchObject({ id: rule.check, status: rule.becomes, reason: rule.reason });
      // A list takes trust away, or leaves open what would be held against a document.
      expect(changed.status).not.toBe("passed");
      // Nothing of the kind is listed; it is listed of somebody else perhaps; the check found otherwise.
      expect(applyListed(before, [listedBy(rule, { type: "NationalUse" })])).toBe(before);
      const perhaps = applyListed(before, [listedBy(rule, { certain: false })]);
      expect(perhaps === before).toBe(rule.evenIfUncertain !== true);
      const other: Check = { ...before, status: "not-applicable" };
      expect(applyListed(other, [listedBy(rule)])).toBe(other);
      if (rule.files !== undefined || rule.fields !== undefined) {
        expect(applyListed(before, [listedBy(rule, { parameters: [{ file: 7 }] })])).toBe(before);
      }
      expect(
        rule.listed.startsWith("unknown ") || types.some(({ name }) => name === rule.listed),
      ).toBe(true);
    },
  );
});
