import { generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  activeAuthentication,
  activeAuthenticationHash,
  activeAuthenticationLength,
  answerActiveAuthentication,
  verifyActiveAuthentication,
} from "../src/authentication/active.js";
import type { ActiveAuthenticationEvidence } from "../src/authentication/evidence.js";
import { concatBytes, fromBigInt, fromHex, toBigInt, toHex } from "../src/bytes.js";
import { CURVES } from "../src/crypto/curves.js";
import { recoverableLength, signIso9796, trailerOf } from "../src/crypto/iso-9796-2.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey, type RsaSecretKey } from "../src/crypto/private-key.js";
import { decodeSubjectPublicKeyInfo, type RsaKey } from "../src/crypto/public-key.js";
import type { CommandApdu } from "../src/iso7816/command-apdu.js";
import type { ResponseApdu } from "../src/iso7816/response-apdu.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { bytes, ecKeyPair, otherKeyPair, pkcs8, spki } from "./node-keys.js";
import vectors from "./vectors/active-authentication.json" with { type: "json" };

const HASHES = ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;
const challenge = fromHex("F173589974BF40C6");
const random = (length: number) => bytes(randomBytes(length));
const evidence = (
  signature: Uint8Array,
  change: Partial<ActiveAuthenticationEvidence> = {},
): ActiveAuthenticationEvidence => ({
  protocol: "active-authentication",
  challenge,
  signature,
  statusWord: 0x9000,
  ...change,
});

const rsaPair = generateKeyPairSync("rsa", { modulusLength: 1024 });
const rsaKey = decodeSubjectPublicKeyInfo(spki(rsaPair.publicKey)) as RsaKey;
const rsaSecret = decodePrivateKey(pkcs8(rsaPair.privateKey)) as RsaSecretKey;

describe("RSA, Doc 9303-11, 6.1.2.2", () => {
  test("the block of Appendix F is made byte for byte", () => {
    const { recoverable, block } = vectors.icaoAppendixF;
    const signature = signIso9796(rsaSecret, "SHA-1", fromHex(recoverable), challenge, nodeCrypto);
    expect(toHex(portableCrypto.rsaPublic(rsaKey, signature))).toBe(block.toLowerCase());
  });

  test.each(vectors.rsa)("$source verifies", (vector) => {
    const answer = evidence(fromHex(vector.signature), { challenge: fromHex(vector.challenge) });
    const key = decodeSubjectPublicKeyInfo(fromHex(vector.publicKey));
    for (const crypto of [portableCrypto, nodeCrypto]) {
      const { hash, trailer } = vector;
      expect(verifyActiveAuthentication(answer, key, { crypto })).toMatchObject({
        status: "passed",
        reason: null,
        detail: { hash, trailer, totalRecovery: false },
      });
      expect(verifyActiveAuthentication({ ...answer, challenge }, key, { crypto })).toMatchObject({
        status: "failed",
        reason: "CHIP_PROOF_INVALID",
      });
    }
  });

  test.each(
    HASHES.flatMap((hash) => [
      { hash, trailer: "explicit" },
      { hash, trailer: "BC" },
    ]),
  )("$hash with the $trailer trailer", ({ hash, trailer }) => {
    const ids = {
      "SHA-1": 0x33,
      "SHA-224": 0x38,
      "SHA-256": 0x34,
      "SHA-384": 0x36,
      "SHA-512": 0x35,
    };
    const bytesOfTrailer = trailer === "BC" ? Uint8Array.of(0xbc) : Uint8Array.of(ids[hash], 0xcc);
    const signature = answerActiveAuthentication(
      rsaSecret,
      challenge,
      { hash, trailer: bytesOfTrailer },
      random,
    );
    expect(verifyActiveAuthentication(evidence(signature), rsaKey, { hash })).toMatchObject({
      status: "passed",
      detail: { hash, trailer: toHex(bytesOfTrailer).toUpperCase() },
    });
  });

  /** Signs a block as it stands. */
  const raw = (block: Uint8Array) => portableCrypto.rsaPrivate(rsaSecret, block);
  const block = (header: Uint8Array, trailer = trailerOf("SHA-256")) => {
    const recoverable = new Uint8Array(128 - header.length - 32 - trailer.length).fill(5);
    const hash = portableCrypto.hash("SHA-256", recoverable, challenge);
    return concatBytes(header, recoverable, hash, trailer);
  };
  const status = (signature: Uint8Array) =>
    verifyActiveAuthentication(evidence(signature), rsaKey).status;

  test("padding before M1 is skipped", () => {
    expect(status(raw(block(fromHex("6BBBBBBA"))))).toBe("passed");
  });

  test("a header of total recovery passes only with a hash over the challenge as well", () => {
    expect(verifyActiveAuthentication(evidence(raw(block(fromHex("4A")))), rsaKey)).toMatchObject({
      status: "passed",
      detail: { totalRecovery: true },
    });
    const alone = new Uint8Array(93).fill(5);
    const hash = portableCrypto.hash("SHA-256", alone);
    expect(status(raw(concatBytes(fromHex("4A"), alone, hash, fromHex("34CC"))))).toBe("failed");
  });

  test("the smaller of a signature and the modulus less it is taken (annex B.4)", () => {
    const signature = raw(block(fromHex("6A")));
    const other = fromBigInt(toBigInt(rsaKey.modulus) - toBigInt(signature), 128);
    expect(status(signature)).toBe("passed");
    expect(status(other)).toBe("passed");
  });

  test("a signature without its leading zero, or with one more, is taken", () => {
    // One signature in 256 begins with a zero.
    let signature: Uint8Array;
    let fill = 0;
    do {
      const recoverable = fromBigInt(
        BigInt(fill++),
        recoverableLength(rsaKey, "SHA-1", nodeCrypto),
      );
      signature = signIso9796(rsaSecret, "SHA-1", recoverable, challenge, nodeCrypto);
    } while (signature[0] !== 0);
    expect(status(signature)).toBe("passed");
    expect(status(signature.subarray(1))).toBe("passed");
    expect(status(concatBytes(Uint8Array.of(0), signature))).toBe("passed");
  });

  test.each([
    ["another header", block(fromHex("2A"))],
    ["a header without the nibble A", block(fromHex("6B"))],
    ["padding that does not end", concatBytes(fromHex(`6B${"BB".repeat(126)}`), fromHex("BC"))],
    ["padding of other nibbles", block(fromHex("6BABBA"))],
    ["a trailer of an unknown hash", block(fromHex("6A"), fromHex("37CC"))],
    ["a trailer of another hash", block(fromHex("6A"), fromHex("33CC"))],
    ["another last byte", block(fromHex("6A"), fromHex("34DC"))],
    ["another hash", block(fromHex("6A")).map((byte, i) => (i === 100 ? byte ^ 1 : byte))],
    ["another M1", block(fromHex("6A")).map((byte, i) => (i === 50 ? byte ^ 1 : byte))],
  ])("%s fails", (_, wrong) => {
    expect(status(raw(wrong))).toBe("failed");
  });

  test("a modulus too short for the hash fails without an error", () => {
    const tiny = concatBytes(fromHex("6A"), new Uint8Array(61), fromHex("35CC"));
    expect(judgeBlock(512, tiny, challenge)).toBe("failed");
  });

  test("a hash that begins with the header is not taken for header and hash", () => {
    // 66 bytes: a hash of 64 and the trailer leave none for the header.
    let overlapping = challenge;
    let hash: Uint8Array;
    do {
      overlapping = fromBigInt(toBigInt(overlapping) + 1n, 8);
      hash = portableCrypto.hash("SHA-512", overlapping);
    } while (hash[0] !== 0x6a);
    expect(judgeBlock(528, concatBytes(hash, fromHex("35CC")), overlapping)).toBe("failed");
  });

  /** Signs a block as it stands with a new key of so many bits. */
  const judgeBlock = (modulusLength: number, content: Uint8Array, signed: Uint8Array): string => {
    const pair = generateKeyPairSync("rsa", { modulusLength });
    const secret = decodePrivateKey(pkcs8(pair.privateKey)) as RsaSecretKey;
    const signature = portableCrypto.rsaPrivate(secret, content);
    const key = decodeSubjectPublicKeyInfo(spki(pair.publicKey));
    return verifyActiveAuthentication(evidence(signature, { challenge: signed }), key).status;
  };
});

describe.each(CURVES)("ECDSA on $name, Doc 9303-11, 6.1.2.3", ({ name, orderLength }) => {
  const pair = ecKeyPair(name);
  const key = decodeSubjectPublicKeyInfo(spki(pair.publicKey));
  const secret = decodePrivateKey(pkcs8(pair.privateKey));

  test("signatures of OpenSSL, plain and DER, pass with the stated hash", () => {
    for (const format of ["plain", "der"] as const) {
      const dsaEncoding = format === "plain" ? "ieee-p1363" : "der";
      const answer = evidence(
        bytes(sign("sha256", challenge, { key: pair.privateKey, dsaEncoding })),
      );
      expect(verifyActiveAuthentication(answer, key, { hash: "SHA-256" })).toEqual({
        status: "passed",
        reason: null,
        detail: { algorithm: "ECDSA", curve: name, hashStated: true, hash: "SHA-256", format },
      });
      const options = { hash: "SHA-512", crypto: nodeCrypto } as const;
      expect(verifyActiveAuthentication(answer, key, options).status).toBe("failed");
    }
  });

  test("our chip's answers verify with OpenSSL", () => {
    const signature = answerActiveAuthentication(
      secret,
      challenge,
      { hash: "SHA-384", format: "der" },
      random,
    );
    expect(verify("sha384", challenge, pair.publicKey, signature)).toBe(true);
    expect(verifyActiveAuthentication(evidence(signature), key).status).toBe("passed");
    const plain = answerActiveAuthentication(secret, challenge, {}, random);
    expect(plain.length).toBe(2 * orderLength);
    expect(verifyActiveAuthentication(evidence(plain), key).status).toBe("passed");
  });
});

describe("ECDSA without a stated hash", () => {
  const pair = ecKeyPair("brainpoolP256r1");
  const key = decodeSubjectPublicKeyInfo(spki(pair.publicKey));
  const secret = decodePrivateKey(pkcs8(pair.privateKey));

  test.each(HASHES)("%s is found, and the report says that it was tried", (hash) => {
    const signature = answerActiveAuthentication(secret, challenge, { hash }, random);
    expect(verifyActiveAuthentication(evidence(signature), key)).toMatchObject({
      status: "passed",
      detail: { hash, hashStated: false },
    });
  });

  test("another challenge, key or bit fails", () => {
    const signature = answerActiveAuthentication(secret, challenge, {}, random);
    const other = decodeSubjectPublicKeyInfo(spki(ecKeyPair("brainpoolP256r1").publicKey));
    const flipped = signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
    const replayed = evidence(signature, { challenge: fromHex("0102030405060708") });
    const failed = { status: "failed", reason: "CHIP_PROOF_INVALID" };
    expect(verifyActiveAuthentication(replayed, key)).toMatchObject(failed);
    expect(verifyActiveAuthentication(evidence(signature), other)).toMatchObject(failed);
    expect(verifyActiveAuthentication(evidence(flipped), key)).toMatchObject(failed);
  });
});

describe("what is not an answer proves nothing", () => {
  const key = rsaKey;
  test.each([
    ["a refusal", evidence(new Uint8Array(), { statusWord: 0x6d00 }), "CHIP_PROOF_WITHHELD"],
    ["an empty answer", evidence(new Uint8Array()), "CHIP_PROOF_WITHHELD"],
    ["a cut answer", evidence(new Uint8Array(100).fill(1)), "CHIP_PROOF_INCOMPLETE"],
  ] as const)("%s", (_, answer, reason) => {
    expect(verifyActiveAuthentication(answer, key)).toMatchObject({
      status: "undetermined",
      reason,
    });
  });

  test("a cut ECDSA signature, and a key that cannot sign", () => {
    const ec = decodeSubjectPublicKeyInfo(spki(ecKeyPair("P-384").publicKey));
    const cut = evidence(new Uint8Array(80).fill(1));
    expect(verifyActiveAuthentication(cut, ec).reason).toBe("CHIP_PROOF_INCOMPLETE");
    const dh = decodeSubjectPublicKeyInfo(spki(otherKeyPair("dh", { group: "modp14" }).publicKey));
    expect(verifyActiveAuthentication(cut, dh).reason).toBe("ALGORITHM_UNSUPPORTED");
  });

  test("a signature over another number of bytes than a challenge fails, right as it is", () => {
    for (const wrong of ["", "F1735899", "F173589974BF40C600"]) {
      const message = fromHex(wrong);
      const recoverable = new Uint8Array(recoverableLength(rsaKey, "SHA-256", nodeCrypto));
      const signature = signIso9796(rsaSecret, "SHA-256", recoverable, message, nodeCrypto);
      const answer = evidence(signature, { challenge: message });
      expect(verifyActiveAuthentication(answer, rsaKey)).toMatchObject({
        status: "failed",
        reason: "CHIP_PROOF_INVALID",
      });
    }
  });

  test("a right signature beside a refusal is no answer", () => {
    const signature = answerActiveAuthentication(rsaSecret, challenge, {}, random);
    expect(verifyActiveAuthentication(evidence(signature), rsaKey).status).toBe("passed");
    const refused = evidence(signature, { statusWord: 0x6300 });
    expect(verifyActiveAuthentication(refused, rsaKey)).toMatchObject({
      status: "undetermined",
      reason: "CHIP_PROOF_WITHHELD",
      detail: { statusWord: "6300" },
    });
  });
});

describe("the conversation", () => {
  /** Plays a chip that answers by Le; `undefined` breaks the link. */
  const play = (
    expectedLength: number,
    chip: (le: number) => ResponseApdu | undefined,
  ): { commands: CommandApdu[]; evidence: ActiveAuthenticationEvidence } => {
    const commands: CommandApdu[] = [];
    const protocol = activeAuthentication(challenge, expectedLength);
    let step = protocol.next();
    while (!step.done) {
      commands.push(step.value);
      const answer = chip(step.value.le!);
      step = answer ? protocol.next(answer) : protocol.throw(new Error("tag lost"));
    }
    return { commands, evidence: step.value };
  };
  const data = (length: number, statusWord = 0x9000): ResponseApdu => ({
    data: new Uint8Array(length).fill(length),
    statusWord,
  });

  test.each([
    [128, 256],
    [231, 256],
    [232, 65_536],
    [256, 65_536],
  ])("a signature of %i bytes is asked for with Le %i", (length, le) => {
    const { commands, evidence } = play(length, () => data(length));
    expect(commands).toEqual([{ cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le }]);
    expect(evidence).toEqual({
      protocol: "active-authentication",
      challenge,
      signature: new Uint8Array(length).fill(length),
      statusWord: 0x9000,
    });
  });

  test.each([
    ["a chip that cuts without a word", 128, (le: number) => data(le === 256 ? 100 : 128), 128],
    [
      "a chip that promises more",
      128,
      (le: number) => (le === 256 ? data(90, 0x6138) : data(128)),
      128,
    ],
    [
      "a chip that names another Le",
      128,
      (le: number) => (le === 256 ? data(0, 0x6c80) : data(128)),
      128,
    ],
    [
      "a chip that gives nothing to extended Le",
      256,
      (le: number) => data(le === 256 ? 231 : 0),
      231,
    ],
    [
      "a chip without extended length",
      256,
      (le: number) => (le === 256 ? data(256) : data(0, 0x6700)),
      256,
    ],
    [
      "a chip that gives less the second time",
      128,
      (le: number) => data(le === 256 ? 100 : 50),
      100,
    ],
    [
      "a chip that is lost at the second try",
      128,
      (le: number) => (le === 256 ? data(100) : undefined),
      100,
    ],
  ])("%s is asked twice and the longer answer kept", (_, length, chip, kept) => {
    const { commands, evidence } = play(length, chip);
    expect(new Set(commands.map(({ le }) => le))).toEqual(new Set([256, 65_536]));
    expect(evidence).toMatchObject({ statusWord: 0x9000 });
    expect(evidence.signature.length).toBe(kept);
  });

  test("a refusal is asked once and is evidence", () => {
    const { commands, evidence } = play(128, () => data(0, 0x6d00));
    expect(commands.length).toBe(1);
    expect(evidence).toMatchObject({ statusWord: 0x6d00, signature: new Uint8Array() });
  });

  test("a challenge of another length is refused", () => {
    expect(() => activeAuthentication(new Uint8Array(7), 128).next()).toThrow(
      expect.objectContaining({ code: "CRYPTO_INPUT" }),
    );
  });

  test("the expected length follows the key", () => {
    expect(activeAuthenticationLength(rsaKey)).toBe(128);
    const ec = decodeSubjectPublicKeyInfo(spki(ecKeyPair("P-521").publicKey));
    expect(activeAuthenticationLength(ec)).toBe(132);
    const dh = decodeSubjectPublicKeyInfo(spki(otherKeyPair("dh", { group: "modp14" }).publicKey));
    expect(activeAuthenticationLength(dh)).toBe(0);
  });
});

test("the hash that DG14 names, in plain and in X9.62 identifiers", () => {
  expect(activeAuthenticationHash("0.4.0.127.0.7.1.1.4.1.1")).toBe("SHA-1");
  expect(activeAuthenticationHash("0.4.0.127.0.7.1.1.4.1.3")).toBe("SHA-256");
  expect(activeAuthenticationHash("0.4.0.127.0.7.1.1.4.1.5")).toBe("SHA-512");
  expect(activeAuthenticationHash("1.2.840.10045.4.1")).toBe("SHA-1");
  expect(activeAuthenticationHash("1.2.840.10045.4.3.4")).toBe("SHA-512");
  expect(activeAuthenticationHash("0.4.0.127.0.7.1.1.4.1.6")).toBeUndefined();
});

test("a Diffie-Hellman key does not sign", () => {
  const secret = decodePrivateKey(pkcs8(otherKeyPair("dh", { group: "modp14" }).privateKey));
  expect(() => answerActiveAuthentication(secret, challenge, {}, random)).toThrow(
    expect.objectContaining({ code: "CRYPTO_UNSUPPORTED" }),
  );
});
