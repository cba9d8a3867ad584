import { constants, generateKeyPairSync, privateEncrypt, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concatBytes, fromBigInt, toBigInt, toHex } from "../src/bytes.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey, type RsaSecretKey } from "../src/crypto/private-key.js";
import type { HashName } from "../src/crypto/provider.js";
import { decodeSubjectPublicKeyInfo, type RsaKey } from "../src/crypto/public-key.js";
import { signPkcs1, signPss, verifyPkcs1, verifyPss } from "../src/crypto/rsa-padding.js";
import { derNull, derOctetString, derOid, derSequence } from "../src/der.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { bytes, digest, otherKeyPair, pkcs8, spki } from "./node-keys.js";

const HASHES = ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;
const nodeName = (hash: HashName) => hash.replace("-", "").toLowerCase();
const message = new TextEncoder().encode("an eMRTD");

const pair = generateKeyPairSync("rsa", { modulusLength: 1536 });
const key = decodeSubjectPublicKeyInfo(spki(pair.publicKey)) as RsaKey;
const secret = decodePrivateKey(pkcs8(pair.privateKey)) as RsaSecretKey;

/** Signs a block as it stands. */
const rawSign = (block: Uint8Array): Uint8Array =>
  bytes(privateEncrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, block));

const SHA_256 = "2.16.840.1.101.3.4.2.1";
const digestInfo = (hash: Uint8Array, parameters = derNull(), oid = SHA_256) =>
  derSequence(derSequence(derOid(oid), parameters), derOctetString(hash));
const padded = (info: Uint8Array, length = 192) =>
  concatBytes(
    Uint8Array.of(0, 1),
    new Uint8Array(length - info.length - 3).fill(0xff),
    Uint8Array.of(0),
    info,
  );

describe("RSASSA-PKCS1-v1_5", () => {
  test.each(HASHES)("with %s, OpenSSL and this package take each other's signatures", (hash) => {
    const hashed = digest(hash, message);
    const theirs = bytes(sign(nodeName(hash), message, pair.privateKey));
    const ours = signPkcs1(secret, hash, hashed, portableCrypto);
    expect(ours).toEqual(theirs);
    expect(verifyPkcs1(key, hash, hashed, theirs, portableCrypto)).toBe(true);
  });

  const hashed = digest("SHA-256", message);
  const accepts = (signature: Uint8Array, hash: HashName = "SHA-256") =>
    verifyPkcs1(key, hash, hashed, signature, portableCrypto);

  test("DigestInfo without parameters is accepted", () => {
    expect(accepts(rawSign(padded(digestInfo(hashed, new Uint8Array(0)))))).toBe(true);
  });

  const good = padded(digestInfo(hashed));
  const info = digestInfo(hashed);
  test.each([
    ["another hash inside", padded(digestInfo(digest("SHA-256", hashed)))],
    ["another identifier inside", padded(digestInfo(hashed, derNull(), "2.16.840.1.101.3.4.2.2"))],
    ["parameters that are not NULL", padded(digestInfo(hashed, derOctetString(new Uint8Array(2))))],
    ["a padding byte that is not FF", good.map((byte, i) => (i === 5 ? 0xfe : byte))],
    ["block type 2", good.map((byte, i) => (i === 1 ? 2 : byte))],
    [
      "seven bytes of padding and bytes after the hash",
      concatBytes(padded(info, info.length + 10), new Uint8Array(192 - info.length - 10)),
    ],
    ["a length in its long form", padded(concatBytes(Uint8Array.of(0x30, 0x81), info.subarray(1)))],
  ])("%s is refused", (_, block) => {
    expect(accepts(rawSign(block))).toBe(false);
  });

  test("a signature of another width, or beyond the modulus, does not verify", () => {
    const signature = rawSign(good);
    expect(accepts(signature)).toBe(true);
    expect(accepts(signature.subarray(1))).toBe(false);
    expect(accepts(concatBytes(Uint8Array.of(0), signature))).toBe(false);
    expect(accepts(key.modulus)).toBe(false);
  });

  test("a key for PSS alone verifies nothing", () => {
    const marked = { ...key, pss: {} };
    expect(verifyPkcs1(marked, "SHA-256", hashed, rawSign(good), portableCrypto)).toBe(false);
  });

  test("a cube root of a block with bytes to spare is refused (Bleichenbacher 2006)", () => {
    const small = generateKeyPairSync("rsa", { modulusLength: 3072, publicExponent: 3 }).publicKey;
    const weak = decodeSubjectPublicKeyInfo(spki(small)) as RsaKey;
    const head = concatBytes(
      Uint8Array.of(0, 1),
      new Uint8Array(8).fill(0xff),
      Uint8Array.of(0),
      digestInfo(hashed),
    );
    const target = toBigInt(head) << BigInt(8 * (384 - head.length));
    let root = 0n;
    for (let bit = 1n << 1024n; bit > 0n; bit >>= 1n) {
      if ((root | bit) ** 3n <= target) root |= bit;
    }
    const forged = fromBigInt(root + 1n, 384);
    const opened = portableCrypto.rsaPublic(weak, forged);
    expect(toHex(opened.subarray(0, head.length))).toBe(toHex(head));
    expect(verifyPkcs1(weak, "SHA-256", hashed, forged, portableCrypto)).toBe(false);
  });
});

describe("RSASSA-PSS", () => {
  const hashed = digest("SHA-256", message);
  const parameters = {
    hash: "SHA-256",
    mgfHash: "SHA-256",
    saltLength: 32,
    trailerField: 1,
  } as const;

  test.each([0, 20, 32, 64])("a salt of %i bytes: OpenSSL and this package agree", (saltLength) => {
    for (const hash of HASHES) {
      const options = {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength,
      };
      const stated = { hash, mgfHash: hash, saltLength, trailerField: 1 };
      const hashed = digest(hash, message);
      const theirs = bytes(sign(nodeName(hash), message, { key: pair.privateKey, ...options }));
      expect(verifyPss(key, stated, hashed, theirs, portableCrypto)).toBe(true);
      const salt = new Uint8Array(saltLength).fill(7);
      const ours = signPss(secret, stated, hashed, salt, portableCrypto);
      expect(verify(nodeName(hash), message, { key: pair.publicKey, ...options }, ours)).toBe(true);
    }
  });

  test("the hash of the mask may be another one", () => {
    const bound = otherKeyPair("rsa-pss", {
      modulusLength: 1536,
      hashAlgorithm: "sha256",
      mgf1HashAlgorithm: "sha512",
      saltLength: 40,
    });
    const restricted = decodeSubjectPublicKeyInfo(spki(bound.publicKey)) as RsaKey;
    const signature = bytes(sign("sha256", message, bound.privateKey));
    const stated = {
      hash: "SHA-256",
      mgfHash: "SHA-512",
      saltLength: 40,
      trailerField: 1,
    } as const;
    expect(verifyPss(restricted, stated, hashed, signature, portableCrypto)).toBe(true);
    const guessed = { ...stated, mgfHash: "SHA-256" } as const;
    expect(verifyPss(restricted, guessed, hashed, signature, portableCrypto)).toBe(false);
    const { modulus, exponent } = restricted;
    expect(verifyPss({ modulus, exponent }, guessed, hashed, signature, portableCrypto)).toBe(
      false,
    );
  });

  const salt = new Uint8Array(32).fill(9);
  const signature = signPss(secret, parameters, hashed, salt, portableCrypto);
  test.each([
    ["another salt length", { saltLength: 31 }],
    ["a longer salt", { saltLength: 33 }],
    ["a salt longer than the block", { saltLength: 1_000_000 }],
    ["another hash in the mask", { mgfHash: "SHA-1" }],
    ["another trailer field", { trailerField: 2 }],
  ] as const)("%s than the signature has does not verify", (_, change) => {
    expect(verifyPss(key, parameters, hashed, signature, portableCrypto)).toBe(true);
    expect(verifyPss(key, { ...parameters, ...change }, hashed, signature, portableCrypto)).toBe(
      false,
    );
  });

  test.each([
    ["another hash", { hash: "SHA-512", mgfHash: "SHA-256", saltLength: 20, trailerField: 1 }],
    ["another mask", { hash: "SHA-256", mgfHash: "SHA-1", saltLength: 20, trailerField: 1 }],
    ["a longer salt", { hash: "SHA-256", mgfHash: "SHA-256", saltLength: 33, trailerField: 1 }],
  ] as const)("a key bound to %s does not verify", (_, bound) => {
    const marked = { ...key, pss: { parameters: bound } };
    expect(verifyPss(marked, parameters, hashed, signature, portableCrypto)).toBe(false);
    const fitting = { ...key, pss: { parameters: { ...parameters, saltLength: 20 } } };
    expect(verifyPss(fitting, parameters, hashed, signature, portableCrypto)).toBe(true);
  });

  test("each flipped bit of block, hash or width is noticed", () => {
    for (let i = 0; i < signature.length; i += 7) {
      const flipped = signature.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(verifyPss(key, parameters, hashed, flipped, portableCrypto)).toBe(false);
    }
    const other = hashed.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    expect(verifyPss(key, parameters, other, signature, portableCrypto)).toBe(false);
    expect(verifyPss(key, parameters, hashed, signature.subarray(1), portableCrypto)).toBe(false);
  });

  /** The block of a right signature with a property that one salt in a few gives. */
  const findBlock = (
    key: RsaKey,
    secret: RsaSecretKey,
    fits: (block: Uint8Array) => boolean,
  ): Uint8Array => {
    for (let i = 0; i < 256; i++) {
      const signature = signPss(
        secret,
        parameters,
        hashed,
        salt.map(() => i),
        nodeCrypto,
      );
      const block = nodeCrypto.rsaPublic(key, signature);
      if (fits(block)) return block;
    }
    throw new Error("no such block");
  };

  test("every part of the block is looked at", () => {
    // A block that begins with a small byte stays below the modulus when its highest bit is set.
    const block = findBlock(key, secret, (candidate) => candidate[0]! < 0x08);
    expect(verifyPss(key, parameters, hashed, rawSign(block), portableCrypto)).toBe(true);
    const changes = [
      [0, 0x80],
      [0, 0x01],
      [80, 0x10],
      // The byte 01 between padding and salt: nothing else depends on it.
      [126, 0x02],
      [170, 0x01],
      [191, 0x01],
    ] as const;
    for (const [at, mask] of changes) {
      const changed = block.map((byte, i) => (i === at ? byte ^ mask : byte));
      expect(verifyPss(key, parameters, hashed, rawSign(changed), portableCrypto)).toBe(false);
    }
  });

  test.each([1025, 1026, 1031])("a modulus of %i bits", (modulusLength) => {
    const odd = generateKeyPairSync("rsa", { modulusLength });
    const oddKey = decodeSubjectPublicKeyInfo(spki(odd.publicKey)) as RsaKey;
    const oddSecret = decodePrivateKey(pkcs8(odd.privateKey)) as RsaSecretKey;
    const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const theirs = bytes(sign("sha256", message, { key: odd.privateKey, ...options }));
    expect(verifyPss(oddKey, parameters, hashed, theirs, portableCrypto)).toBe(true);
    const ours = signPss(oddSecret, parameters, hashed, salt, portableCrypto);
    expect(verify("sha256", message, { key: odd.publicKey, ...options }, ours)).toBe(true);
  });

  test("a byte in front of the block, where the modulus has room for one, must be zero", () => {
    const pair = generateKeyPairSync("rsa", { modulusLength: 1025 });
    const key = decodeSubjectPublicKeyInfo(spki(pair.publicKey)) as RsaKey;
    const secret = decodePrivateKey(pkcs8(pair.privateKey)) as RsaSecretKey;
    // Small enough to stay below the modulus with a 1 in front.
    const block = findBlock(key, secret, (candidate) => candidate[1]! < 0x10);
    const verifies = (content: Uint8Array) => {
      const signature = portableCrypto.rsaPrivate(secret, content);
      return verifyPss(key, parameters, hashed, signature, portableCrypto);
    };
    expect(verifies(block)).toBe(true);
    expect(verifies(block.map((byte, i) => (i === 0 ? 1 : byte)))).toBe(false);
  });

  test("a modulus without room is refused when signing", () => {
    expect(() => signPss(secret, parameters, hashed, new Uint8Array(200), portableCrypto)).toThrow(
      expect.objectContaining({ code: "CRYPTO_INPUT" }),
    );
  });
});
