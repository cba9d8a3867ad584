import { describe, expect, test } from "vitest";
import { answerActiveAuthentication } from "../src/authentication/active.js";
import type {
  ActiveAuthenticationEvidence,
  ChipEvidence,
  FileOutcome,
} from "../src/authentication/evidence.js";
import { derivedEcKey } from "../src/chip/pki.js";
import { EC_PUBLIC_KEY } from "../src/cms/algorithm.js";
import { encodeExplicit } from "../src/crypto/ec-parameters.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { publicKeyOf } from "../src/crypto/private-key.js";
import { encodeSubjectPublicKeyInfo } from "../src/crypto/public-key.js";
import { derBitString, derOid, derSequence } from "../src/der.js";
import { encodeDg14 } from "../src/lds/dg14.js";
import { encodeDg15 } from "../src/lds/dg15.js";
import type { ChipFiles } from "../src/lds/files.js";
import type { SecurityInfo } from "../src/lds/security-info.js";
import { nodeCrypto } from "../src/node/index.js";
import type { CheckId } from "../src/verification/report.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import {
  makeAuthority,
  makeFiles,
  NOW,
  OTHER_KEY,
  tools,
  trusting,
} from "./support/test-document.js";

const CHIP_KEY = derivedEcKey("brainpoolP256r1", "chip", portableCrypto);
const CHALLENGE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const publicKey = encodeSubjectPublicKeyInfo(publicKeyOf(CHIP_KEY, portableCrypto));
const DG15 = encodeDg15({ publicKey });

const opened = (outcomes: { [name: string]: FileOutcome } = {}): ChipEvidence => ({
  protocol: "access-control",
  access: {
    protocol: "bac",
    variant: null,
    cipher: "3DES",
    domainParameters: null,
    downgraded: false,
  },
  outcomes,
});

const answered = (
  key = CHIP_KEY,
  hash: "SHA-256" | "SHA-512" = "SHA-256",
): ActiveAuthenticationEvidence => ({
  protocol: "active-authentication",
  challenge: CHALLENGE,
  signature: answerActiveAuthentication(key, CHALLENGE, { hash }, tools.random, portableCrypto),
  statusWord: 0x9000,
});

const judge = (
  files: ChipFiles,
  evidence: readonly ChipEvidence[],
  trust = trusting(makeAuthority()),
) => {
  const report = verifyDocument(files, trust, { at: NOW, evidence, crypto: nodeCrypto });
  const of = (id: CheckId) => report.checks.find((entry) => entry.id === id)!;
  const result = (id: CheckId) => [of(id).status, of(id).reason, report.verdict];
  return { of, result };
};

const withDg15 = makeFiles({ more: { 15: DG15 } });

describe("active authentication in a report", () => {
  const active = "active-authentication";

  test("passes for the key that the issuer signed", () => {
    const { result, of } = judge(withDg15, [opened(), answered()]);
    expect(result(active)).toEqual(["passed", null, "authentic"]);
    expect(of(active).detail["signerTrusted"]).toBe(true);
  });

  test("by another key fails: the chip is a copy", () => {
    const { result } = judge(withDg15, [opened(), answered(OTHER_KEY)]);
    expect(result(active)).toEqual(["failed", "CHIP_PROOF_INVALID", "not-authentic"]);
  });

  test("over another challenge fails: the answer is a recording", () => {
    const evidence = { ...answered(), challenge: new Uint8Array(8) };
    const { result } = judge(withDg15, [opened(), evidence]);
    expect(result(active)).toEqual(["failed", "CHIP_PROOF_INVALID", "not-authentic"]);
  });

  test("with a key that the issuer did not sign proves nothing, right as it is", () => {
    const { result } = judge({ ...makeFiles(), DG15 }, [opened(), answered()]);
    expect(result(active)).toEqual(["undetermined", "KEY_NOT_COVERED", "undetermined"]);
  });

  test("with a key in the place of the signed one proves nothing", () => {
    const other = encodeDg15({
      publicKey: encodeSubjectPublicKeyInfo(publicKeyOf(OTHER_KEY, portableCrypto)),
    });
    const { result } = judge({ ...withDg15, DG15: other }, [opened(), answered(OTHER_KEY)]);
    expect(result(active)).toEqual(["undetermined", "KEY_NOT_COVERED", "not-authentic"]);
  });

  test("under a signature that does not stand proves nothing", () => {
    const files = makeFiles({ more: { 15: DG15 }, signer: { key: OTHER_KEY } });
    const { result } = judge(files, [opened(), answered()]);
    expect(result(active)).toEqual(["undetermined", "KEY_NOT_COVERED", "not-authentic"]);
  });

  test("under a signer of unknown trust passes, and says so", () => {
    const { result, of } = judge(withDg15, [opened(), answered()], trusting());
    expect(result(active)).toEqual(["passed", null, "undetermined"]);
    expect(of(active).detail["signerTrusted"]).toBe(false);
  });

  test.each(["refused", "absent", "failed"] as const)(
    "withheld: DG15 is listed and %s",
    (outcome) => {
      const { DG15: _, ...files } = withDg15;
      const { result } = judge(files, [opened({ DG15: outcome })]);
      expect(result(active)).toEqual(["undetermined", "CHIP_PROOF_WITHHELD", "undetermined"]);
    },
  );

  test("withheld: the chip refuses to answer", () => {
    const refused = { ...answered(), signature: new Uint8Array(), statusWord: 0x6985 };
    const { result } = judge(withDg15, [opened(), refused]);
    expect(result(active)).toEqual(["undetermined", "CHIP_PROOF_WITHHELD", "undetermined"]);
  });

  test("not attempted: nobody asked for the file, or for the proof", () => {
    const { DG15: _, ...files } = withDg15;
    expect(judge(files, [opened()]).result(active)).toEqual([
      "undetermined",
      "NOT_ATTEMPTED",
      "undetermined",
    ]);
    expect(judge(withDg15, [opened({ DG15: "read" })]).result(active)).toEqual([
      "undetermined",
      "NOT_ATTEMPTED",
      "undetermined",
    ]);
  });

  test("not offered: the signed list has no DG15", () => {
    const { result } = judge(makeFiles(), [opened({ DG15: "absent" })]);
    expect(result(active)).toEqual(["not-applicable", "NOT_OFFERED", "authentic"]);
  });

  test("left open where nothing signed says what is promised", () => {
    const { SOD: _, ...files } = makeFiles();
    const { result } = judge(files, [opened()]);
    expect(result(active)).toEqual(["undetermined", "NO_SOD", "undetermined"]);
  });

  test("with a signed key on parameters with a chosen generator fails", () => {
    const point = portableCrypto.ecPublicKey("brainpoolP256r1", CHIP_KEY.scalar);
    const forged = derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit("brainpoolP256r1", point)),
      derBitString(point),
    );
    const files = makeFiles({ more: { 15: encodeDg15({ publicKey: forged }) } });
    const { result } = judge(files, [opened(), answered()]);
    expect(result(active)).toEqual(["failed", "EC_PARAMETERS_UNKNOWN", "not-authentic"]);
  });

  test("takes the hash from a signed DG14, and from no other", () => {
    // ecdsa-plain-SHA512 is stated, SHA-256 used.
    const DG14 = encodeDg14({
      securityInfos: [
        {
          type: "ActiveAuthenticationInfo",
          protocol: "2.23.136.1.1.5",
          version: 1,
          signatureAlgorithm: "0.4.0.127.0.7.1.1.4.1.5",
        },
      ],
    });
    const signed = judge(makeFiles({ more: { 14: DG14, 15: DG15 } }), [opened(), answered()]);
    expect(signed.result(active)[0]).toBe("failed");
    const unsigned = judge({ ...withDg15, DG14 }, [opened(), answered()]);
    expect(unsigned.result(active)[0]).toBe("passed");
  });
});

describe("chip authentication in a report", () => {
  const chip = "chip-authentication";
  const infos: readonly SecurityInfo[] = [
    { type: "ChipAuthenticationInfo", protocol: "0.4.0.127.0.7.2.2.3.2.2", version: 1 },
    { type: "TerminalAuthenticationInfo", protocol: "0.4.0.127.0.7.2.2.2", version: 1 },
  ];
  const DG14 = encodeDg14({ securityInfos: infos });

  test("is promised by a signed DG14 and not attempted", () => {
    const { result } = judge(makeFiles({ more: { 14: DG14 } }), [opened()]);
    expect(result(chip)).toEqual(["undetermined", "NOT_ATTEMPTED", "undetermined"]);
    expect(result("terminal-authentication")[1]).toBe("NOT_ATTEMPTED");
  });

  test("is withheld where DG14 is listed and refused", () => {
    const { DG14: _, ...files } = makeFiles({ more: { 14: DG14 } });
    const { result } = judge(files, [opened({ DG14: "refused" })]);
    expect(result(chip)).toEqual(["undetermined", "CHIP_PROOF_WITHHELD", "undetermined"]);
  });

  test("has a key that is not covered where DG14 is not listed", () => {
    const { result } = judge({ ...makeFiles(), DG14 }, [opened()]);
    expect(result(chip)).toEqual(["undetermined", "KEY_NOT_COVERED", "undetermined"]);
  });

  test("is not offered by a DG14 that speaks of other things", () => {
    const other = encodeDg14({ securityInfos: [] });
    expect(judge(makeFiles({ more: { 14: other } }), [opened()]).result(chip)).toEqual([
      "not-applicable",
      "NOT_OFFERED",
      "authentic",
    ]);
    expect(judge({ ...makeFiles(), DG14: other }, [opened()]).result(chip)[1]).toBe("NOT_OFFERED");
  });

  test("fails where the signed DG14 cannot be read", () => {
    const { result } = judge(makeFiles({ more: { 14: Uint8Array.of(0x6e, 0) } }), [opened()]);
    expect(result(chip)).toEqual(["failed", "KEY_MALFORMED", "not-authentic"]);
  });
});

describe("access control in a report", () => {
  const access = (changes: object): ChipEvidence => {
    const evidence = opened();
    if (evidence.protocol !== "access-control") throw new Error("another kind of evidence");
    return { ...evidence, access: { ...evidence.access, ...changes } };
  };

  test("is a finding where a weaker way was taken, or none", () => {
    const downgraded = judge(makeFiles(), [access({ downgraded: true })]);
    expect(downgraded.result("access-control")).toEqual(["failed", "DOWNGRADED", "authentic"]);
    const none = judge(makeFiles(), [access({ protocol: "none" })]);
    expect(none.result("access-control")).toEqual([
      "not-applicable",
      "NO_ACCESS_CONTROL",
      "authentic",
    ]);
  });
});
