import { createECDH, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, fromBigInt, toBigInt } from "../src/bytes.js";
import { CURVES, domainParameters } from "../src/crypto/curves.js";
import { decodeEcdsaSignature } from "../src/crypto/ecdsa-signature.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodePrivateKey, type RsaSecretKey } from "../src/crypto/private-key.js";
import type { HashName } from "../src/crypto/provider.js";
import { decodeSubjectPublicKeyInfo, type EcKey } from "../src/crypto/public-key.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { bytes, digest, ecKeyPair, opensslName, pkcs8, spki } from "./node-keys.js";

const HASHES = ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;
const blocks = (size: number) =>
  fc.integer({ min: 0, max: 40 }).chain((count) => exactly(size * count));
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const aesKey = () => fc.constantFrom(16, 24, 32).chain(exactly);

describe("both providers give the same answer", () => {
  test("AES-CBC", () => {
    fc.assert(
      fc.property(aesKey(), exactly(16), blocks(16), (key, iv, data) => {
        const encrypted = nodeCrypto.aesCbcEncrypt(key, iv, data);
        expect(portableCrypto.aesCbcEncrypt(key, iv, data)).toEqual(encrypted);
        expect(portableCrypto.aesCbcDecrypt(key, iv, encrypted)).toEqual(data);
        expect(nodeCrypto.aesCbcDecrypt(key, iv, encrypted)).toEqual(data);
      }),
    );
  });

  test("AES-CMAC of any length", () => {
    fc.assert(
      fc.property(aesKey(), fc.uint8Array({ maxLength: 100 }), (key, data) => {
        expect(nodeCrypto.aesCmac(key, data)).toEqual(portableCrypto.aesCmac(key, data));
      }),
    );
  });

  test("triple DES", () => {
    fc.assert(
      fc.property(exactly(16), exactly(8), blocks(8), (key, iv, data) => {
        const encrypted = nodeCrypto.tripleDesCbcEncrypt(key, iv, data);
        expect(portableCrypto.tripleDesCbcEncrypt(key, iv, data)).toEqual(encrypted);
        expect(portableCrypto.tripleDesCbcDecrypt(key, iv, encrypted)).toEqual(data);
        expect(nodeCrypto.tripleDesCbcDecrypt(key, iv, encrypted)).toEqual(data);
      }),
    );
  });

  test("MAC algorithm 3", () => {
    fc.assert(
      fc.property(exactly(16), blocks(8), exactly(8), (key, head, last) => {
        const data = concatBytes(head, last);
        expect(nodeCrypto.retailMac(key, data)).toEqual(portableCrypto.retailMac(key, data));
      }),
    );
  });

  test("hashes, in any parts, as Node gives them", () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...HASHES), parts, (name, data) => {
        const expected = digest(name, ...data);
        expect(nodeCrypto.hash(name, ...data)).toEqual(expected);
        expect(portableCrypto.hash(name, ...data)).toEqual(expected);
      }),
    );
  });

  test("RSA", () => {
    const key = decodePrivateKey(
      pkcs8(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey),
    ) as RsaSecretKey;
    const n = toBigInt(key.modulus);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: n - 1n }), (value) => {
        const block = fromBigInt(value, 128);
        const signature = nodeCrypto.rsaPrivate(key, block);
        expect(portableCrypto.rsaPrivate(key, block)).toEqual(signature);
        expect(portableCrypto.rsaPublic(key, signature)).toEqual(block);
        expect(nodeCrypto.rsaPublic(key, signature)).toEqual(block);
      }),
      { numRuns: 30 },
    );
  });

  test("modular powers, whatever the modulus", () => {
    const width = fc.integer({ min: 1, max: 130 });
    const inputs = width.chain((length) =>
      fc.tuple(exactly(length), fc.uint8Array({ maxLength: length + 2 }), exactly(length)),
    );
    fc.assert(
      fc.property(inputs, ([base, exponent, modulus]) => {
        fc.pre(toBigInt(base) < toBigInt(modulus));
        const expected = portableCrypto.modPow(base, exponent, modulus);
        expect(nodeCrypto.modPow(base, exponent, modulus)).toEqual(expected);
      }),
    );
  });
});

describe.each(CURVES)("on $name both providers", ({ name, orderLength }) => {
  const { n } = domainParameters(name);
  const scalar = fc.bigInt({ min: 1n, max: n - 1n }).map((value) => fromBigInt(value, orderLength));
  const runs = { numRuns: 4 };

  test("give the same points and secrets, and those of OpenSSL", () => {
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        const point = nodeCrypto.ecPublicKey(name, a);
        expect(portableCrypto.ecPublicKey(name, a)).toEqual(point);
        const product = nodeCrypto.ecMultiply(name, point, b);
        expect(portableCrypto.ecMultiply(name, point, b)).toEqual(product);
        const ecdh = createECDH(opensslName(name));
        ecdh.setPrivateKey(b);
        const secret = bytes(ecdh.computeSecret(point));
        expect(nodeCrypto.ecSharedSecret(name, b, point)).toEqual(secret);
        expect(portableCrypto.ecSharedSecret(name, b, point)).toEqual(secret);
      }),
      runs,
    );
  });

  test("make the same signatures and take each other's", () => {
    const hashes = fc.constantFrom<HashName>(...HASHES);
    fc.assert(
      fc.property(scalar, hashes, fc.uint8Array(), (key, hash, message) => {
        const signature = portableCrypto.ecdsaSign(name, key, hash, message);
        expect(nodeCrypto.ecdsaSign(name, key, hash, message)).toEqual(signature);
        const point = nodeCrypto.ecPublicKey(name, key);
        for (const crypto of [portableCrypto, nodeCrypto]) {
          expect(crypto.ecdsaVerify(name, point, signature, hash, message)).toBe(true);
          const other = concatBytes(message, Uint8Array.of(0));
          expect(crypto.ecdsaVerify(name, point, signature, hash, other)).toBe(false);
        }
      }),
      runs,
    );
  });

  test("take what OpenSSL signs, half of which has a large s", () => {
    const pair = ecKeyPair(name);
    const { point } = decodeSubjectPublicKeyInfo(spki(pair.publicKey)) as EcKey;
    for (let i = 0; i < 6; i++) {
      const message = Uint8Array.of(i);
      const { r, s } = decodeEcdsaSignature(name, bytes(sign("sha256", message, pair.privateKey)))!;
      // Of these two one is above n/2, whichever OpenSSL came up with.
      for (const either of [s, fromBigInt(n - toBigInt(s), orderLength)]) {
        for (const crypto of [portableCrypto, nodeCrypto]) {
          expect(crypto.ecdsaVerify(name, point, { r, s: either }, "SHA-256", message)).toBe(true);
        }
      }
    }
  });
});
