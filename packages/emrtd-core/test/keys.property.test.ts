import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyActiveAuthentication } from "../src/authentication/active.js";
import { fromBigInt } from "../src/bytes.js";
import { CURVES, domainParameters } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { decodeEcdsaSignature } from "../src/crypto/ecdsa-signature.js";
import { portableCrypto } from "../src/crypto/portable.js";
import {
  decodePrivateKey,
  encodePrivateKey,
  type PrivateKey,
  publicKeyOf,
} from "../src/crypto/private-key.js";
import {
  decodeSubjectPublicKeyInfo,
  encodeSubjectPublicKeyInfo,
} from "../src/crypto/public-key.js";
import { EmrtdError } from "../src/errors.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { ecKeyPair, otherKeyPair, pkcs8, spki } from "./node-keys.js";

const bit = (bytes: Uint8Array, position: number, mask: number): Uint8Array =>
  bytes.map((byte, i) => (i === position % bytes.length ? byte ^ mask : byte));

const anyEcKey = (): fc.Arbitrary<PrivateKey> =>
  fc
    .record({
      curve: fc.constantFrom(...CURVES),
      explicitParameters: fc.boolean(),
      seed: fc.bigInt({ min: 1n, max: 1n << 530n }),
    })
    .map(({ curve: { name, orderLength }, explicitParameters, seed }) => ({
      type: "EC",
      curve: name,
      explicitParameters,
      scalar: fromBigInt((seed % (domainParameters(name).n - 1n)) + 1n, orderLength),
    }));

const anyDhKey = (): fc.Arbitrary<PrivateKey> =>
  fc
    .record({
      id: fc.constantFrom(0, 1, 2),
      withSubgroup: fc.boolean(),
      value: fc.bigInt({ min: 2n, max: 1n << 160n }),
    })
    .map(({ id, withSubgroup, value }) => {
      const { subgroupOrder, ...group } = rfc5114Group(id)!;
      const privateValue = fromBigInt(value, group.prime.length);
      return { type: "DH", ...group, ...(withSubgroup ? { subgroupOrder } : {}), privateValue };
    });

describe("keys", () => {
  test("what is encoded is decoded, private and public", () => {
    fc.assert(
      fc.property(fc.oneof(anyEcKey(), anyDhKey()), (key) => {
        expect(decodePrivateKey(encodePrivateKey(key))).toEqual(key);
        const publicKey = publicKeyOf(key, nodeCrypto);
        expect(decodeSubjectPublicKeyInfo(encodeSubjectPublicKeyInfo(publicKey))).toEqual(
          publicKey,
        );
      }),
    );
  });

  const explicit = ecKeyPair("brainpoolP224r1", "explicit");
  const named = ecKeyPair("P-521");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const pss = otherKeyPair("rsa-pss", { modulusLength: 1024, hashAlgorithm: "sha256" });
  const dh = otherKeyPair("dh", { group: "modp14" });
  const pairs = [explicit, named, rsa, pss, dh];
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });

  test.each([
    ["public", decodeSubjectPublicKeyInfo, pairs.map(({ publicKey }) => spki(publicKey))],
    ["private", decodePrivateKey, pairs.map(({ privateKey }) => pkcs8(privateKey))],
  ] as const)("a damaged %s key decodes or is refused with our error", (_, decode, wires) => {
    fc.assert(
      fc.property(fc.constantFrom(...wires), damage, fc.nat(), (wire, changes, cut) => {
        let bytes = changes.reduce((all, [at, mask]) => bit(all, at, mask), wire);
        if (cut % 4 === 0) bytes = bytes.subarray(0, cut % bytes.length);
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(EmrtdError);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test("a damaged curve is no other curve: it is this one or refused", () => {
    const wire = spki(explicit.publicKey);
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        let decoded: unknown;
        try {
          decoded = decodeSubjectPublicKeyInfo(bit(wire, at, mask));
        } catch (error) {
          expect(error).toBeInstanceOf(EmrtdError);
          return;
        }
        expect(decoded).toEqual(decodeSubjectPublicKeyInfo(wire));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("answers of a chip", () => {
  const rsa = decodeSubjectPublicKeyInfo(
    spki(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
  );
  const ec = decodeSubjectPublicKeyInfo(spki(ecKeyPair("brainpoolP256r1").publicKey));

  test("random bytes are judged and never pass", () => {
    const answer = fc.record({
      signature: fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.uint8Array({ minLength: 128, maxLength: 128 }),
      ),
      challenge: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      statusWord: fc.constantFrom(0x9000, 0x6982),
    });
    fc.assert(
      fc.property(answer, fc.constantFrom(rsa, ec), (evidence, key) => {
        const judged = verifyActiveAuthentication(
          { protocol: "active-authentication", ...evidence },
          key,
          { crypto: nodeCrypto },
        );
        expect(judged.status).not.toBe("passed");
        expect(judged.reason).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("random bytes are a signature or not, without an error", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...CURVES),
        (bytes, { name }) => {
          const decoded = decodeEcdsaSignature(name, bytes);
          if (decoded === undefined) return;
          const generator = portableCrypto.ecPublicKey(name, fromBigInt(1n, decoded.r.length));
          expect(portableCrypto.ecdsaVerify(name, generator, decoded, "SHA-256", bytes)).toBe(
            false,
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
