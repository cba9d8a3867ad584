import { expect } from "vitest";
import {
  answerActiveAuthentication,
  verifyActiveAuthentication,
} from "../../src/authentication/active.js";
import { mappingKeyOf } from "../../src/authentication/chip-authentication-mapping.js";
import { chipAuthenticationOffers } from "../../src/authentication/chip-authentication-offers.js";
import { derivedEcKey, simulatorRsaKey } from "../../src/chip/pki.js";
import { type PrivateKey, publicKeyOf } from "../../src/crypto/private-key.js";
import type { HashName } from "../../src/crypto/provider.js";
import { encodeSubjectPublicKeyInfo } from "../../src/crypto/public-key.js";
import { derOctetString, derOid, derSequence } from "../../src/der.js";
import { decodeDg14, encodeDg14 } from "../../src/lds/dg14.js";
import { decodeProprietaryGroup } from "../../src/lds/proprietary.js";
import type { SecurityInfo } from "../../src/lds/security-info.js";
import { nodeCrypto as crypto } from "../../src/node/index.js";
import { encodeTlv } from "../../src/tlv.js";
import { countingRandom } from "../support/counting-random.js";
import { readProfile } from "../support/read-profile.js";

const CHALLENGE = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);

/** The judgement of an answer that the chip gives in its own way. */
const judged = (
  key: PrivateKey,
  signing: Parameters<typeof answerActiveAuthentication>[2],
  change: (signature: Uint8Array) => Uint8Array = (signature) => signature,
) => {
  const random = countingRandom(81);
  const signature = change(answerActiveAuthentication(key, CHALLENGE, signing, random, crypto));
  const evidence = {
    protocol: "active-authentication",
    challenge: CHALLENGE,
    signature,
    statusWord: 0x9000,
  } as const;
  return verifyActiveAuthentication(evidence, publicKeyOf(key, crypto), { crypto });
};

const HASHES = ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;
const TRAILERS: Readonly<Record<HashName, string>> = {
  "SHA-1": "33CC",
  "SHA-224": "38CC",
  "SHA-256": "34CC",
  "SHA-384": "36CC",
  "SHA-512": "35CC",
};

const signsWith = async (profile: "bac-rsa" | "bac-ecdsa", ...faults: readonly string[]) => {
  const { report, check, sent } = await readProfile(profile, { faults });
  expect(check("active-authentication")).toMatchObject({ status: "passed" });
  expect(report.verdict).toBe("authentic");
  return { detail: check("active-authentication").detail, sent };
};

const publicKeyInfo = (label: string, keyId?: number): SecurityInfo => ({
  type: "ChipAuthenticationPublicKeyInfo",
  protocol: "0.4.0.127.0.7.2.2.1.2",
  publicKey: encodeSubjectPublicKeyInfo(
    publicKeyOf(derivedEcKey("brainpoolP256r1", label, crypto), crypto),
  ),
  ...(keyId === undefined ? {} : { keyId }),
});

const chipInfo = (cipher: number, keyId?: number): SecurityInfo => ({
  type: "ChipAuthenticationInfo",
  protocol: `0.4.0.127.0.7.2.2.3.2.${cipher}`,
  version: 1,
  ...(keyId === undefined ? {} : { keyId }),
});

const offered = (...infos: readonly SecurityInfo[]) =>
  chipAuthenticationOffers(infos).map(({ protocol, keyId }) => [protocol.cipher, keyId ?? null]);

export const proofQuirks = {
  "signature-cut": () => signsWith("bac-rsa", "signing=cut:64"),
  "signature-empty": () => signsWith("bac-rsa", "signing=empty"),
  "signature-der": async () => {
    expect((await signsWith("bac-ecdsa", "signing=der")).detail["format"]).toBe("der");
    expect((await signsWith("bac-ecdsa")).detail["format"]).toBe("plain");
  },
  "signature-hash-unstated": () => {
    const key = derivedEcKey("P-384", "chip", crypto);
    for (const hash of HASHES) {
      expect(judged(key, { hash })).toMatchObject({
        status: "passed",
        detail: { hash, hashStated: false },
      });
    }
  },
  "signature-leading-zero": async () => {
    await signsWith("bac-rsa", "signing=zero");
    const key = simulatorRsaKey("signer");
    // One signature in 256 begins with a zero: drawn until one does.
    for (let seed = 0; ; seed++) {
      const random = countingRandom(seed);
      const challenge = random(8);
      const signature = answerActiveAuthentication(key, challenge, {}, random, crypto);
      if (signature[0] !== 0) continue;
      const evidence = {
        protocol: "active-authentication",
        challenge,
        signature: signature.subarray(1),
        statusWord: 0x9000,
      } as const;
      const { status } = verifyActiveAuthentication(evidence, publicKeyOf(key, crypto), { crypto });
      expect(status).toBe("passed");
      return;
    }
  },
  "signature-trailer": () => {
    const key = simulatorRsaKey("signer");
    for (const hash of HASHES) {
      const text = TRAILERS[hash];
      const trailer = Uint8Array.from(Buffer.from(text, "hex"));
      const detail = { hash, trailer: text };
      expect(judged(key, { hash, trailer })).toMatchObject({ status: "passed", detail });
    }
    expect(judged(key, { hash: "SHA-1" })).toMatchObject({
      status: "passed",
      detail: { trailer: "BC" },
    });
  },
  "chip-key-without-info": async () => {
    const { report, check } = await readProfile("ca-aes", { faults: ["key-without-info"] });
    expect(check("chip-authentication")).toMatchObject({
      status: "passed",
      detail: { protocol: "id-CA-ECDH-3DES-CBC-CBC", inferred: true },
    });
    expect(report.verdict).toBe("authentic");
    // A key that is for version 2 alone means nothing of the kind.
    expect(offered(publicKeyInfo("a"))).toEqual([["3DES", null]]);
    expect(offered({ ...chipInfo(2), version: 2 } as SecurityInfo, publicKeyInfo("a"))).toEqual([]);
  },
  "key-agreement-template-refused": async () => {
    for (const faults of [["no-key-agreement-template"], ["no-key-agreement-template=6d00"]]) {
      const { report, check, sent } = await readProfile("ca-3des", { faults });
      expect(check("chip-authentication")).toMatchObject({
        status: "passed",
        detail: { protocol: "id-CA-DH-3DES-CBC-CBC" },
      });
      expect(report.verdict).toBe("authentic");
      // In the session that the chip was opened with, once.
      expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(1);
    }
  },
  "triple-des-inside-aes": async () => {
    const { report, check } = await readProfile("td1-id-card", { faults: ["key-without-info"] });
    expect(report.access).toMatchObject({ protocol: "pace", cipher: "AES-256" });
    expect(check("chip-authentication")).toMatchObject({
      status: "passed",
      detail: { protocol: "id-CA-ECDH-3DES-CBC-CBC" },
    });
    expect(report.verdict).toBe("authentic");
  },
  "chip-key-identifiers": () => {
    expect(offered(chipInfo(2), publicKeyInfo("a", 7))).toEqual([["AES-128", 7]]);
    expect(offered(chipInfo(2, 7), publicKeyInfo("a"))).toEqual([["AES-128", null]]);
    expect(
      offered(chipInfo(2, 1), chipInfo(4, 2), publicKeyInfo("a", 1), publicKeyInfo("b", 2)),
    ).toEqual([
      ["AES-256", 2],
      ["AES-128", 1],
    ]);
    expect(offered(chipInfo(2, 1), publicKeyInfo("a", 2))).toEqual([]);
  },
  "mapping-key-identifier": () => {
    const [a, b] = [publicKeyInfo("a", 13), publicKeyInfo("b", 41)];
    expect(mappingKeyOf([b, a], 13)).toEqual(mappingKeyOf([a], 13));
    expect(mappingKeyOf([publicKeyInfo("a")], 13)).toEqual(mappingKeyOf([a], 13));
    expect(mappingKeyOf([b], 13)).toBeUndefined();
    expect(mappingKeyOf([publicKeyInfo("a"), publicKeyInfo("b")], 13)).toBeUndefined();
  },
  "lost-after-chip-authentication": async () => {
    const { reading, check, sent, files } = await readProfile("ca-aes", {
      faults: ["cloned-key=DG14"],
    });
    expect(reading.failure).toBeNull();
    expect(reading.files).toEqual(files);
    expect(sent.filter((command) => command.startsWith("0082"))).toHaveLength(2);
    expect(check("chip-authentication")).toMatchObject({ reason: "CHIP_PROOF_INVALID" });
  },
  "foreign-identifiers": async () => {
    const foreign = derSequence(derOid("0.3.0.127.0.7.2.2.1.2"), derOctetString(new Uint8Array(9)));
    const DG13 = encodeTlv(0x6d, foreign);
    expect(decodeProprietaryGroup("DG13", DG13).content).toEqual(foreign);
    const info: SecurityInfo = {
      type: "unknown",
      protocol: "0.3.0.127.0.7.2.2.1.2",
      bytes: foreign,
    };
    const dg14 = encodeDg14({ securityInfos: [info, chipInfo(2), publicKeyInfo("a")] });
    const { securityInfos } = decodeDg14(dg14);
    expect(securityInfos[0]).toEqual(info);
    expect(offered(...securityInfos)).toEqual([["AES-128", null]]);
  },
};
