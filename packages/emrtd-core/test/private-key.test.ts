import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromBigInt, toBigInt } from "../src/bytes.js";
import { CURVES, domainParameters } from "../src/crypto/curves.js";
import { encodeEcParameters } from "../src/crypto/ec-parameters.js";
import { portableCrypto } from "../src/crypto/portable.js";
import {
  decodePrivateKey,
  encodePrivateKey,
  type PrivateKey,
  publicKeyOf,
} from "../src/crypto/private-key.js";
import { decodeSubjectPublicKeyInfo } from "../src/crypto/public-key.js";
import { derNull, derOctetString, derOid, derSequence, derUnsigned } from "../src/der.js";
import { encodeTlv } from "../src/tlv.js";
import { bytes, ecKeyPair, otherKeyPair, pkcs8, spki } from "./node-keys.js";

const EC = "1.2.840.10045.2.1";

describe.each(CURVES.map(({ name }) => name))("a private key of %s made by OpenSSL", (curve) => {
  test.each(["named", "explicit"] as const)("with %s parameters", (form) => {
    const pair = ecKeyPair(curve, form);
    const key = decodePrivateKey(pkcs8(pair.privateKey));
    expect(key).toMatchObject({ type: "EC", curve, explicitParameters: form === "explicit" });
    expect(publicKeyOf(key, portableCrypto)).toEqual(
      decodeSubjectPublicKeyInfo(spki(pair.publicKey)),
    );
    expect(decodePrivateKey(encodePrivateKey(key))).toEqual(key);
    const bare = bytes(pair.privateKey.export({ format: "der", type: "sec1" }));
    expect(decodePrivateKey(bare)).toEqual(key);
  });
});

describe("an EC private key", () => {
  const curve = "brainpoolP256r1";
  const named = encodeEcParameters({ curve, explicit: false });
  const wrap = (content: Uint8Array, parameters = named) =>
    derSequence(derUnsigned(0), derSequence(derOid(EC), parameters), derOctetString(content));
  const scalar = (value: bigint) => derOctetString(fromBigInt(value, 32));
  const { n } = domainParameters(curve);

  test("without a public key, and shorter than the order, is read in full width", () => {
    const key = decodePrivateKey(
      wrap(derSequence(derUnsigned(1), derOctetString(Uint8Array.of(5)))),
    );
    expect(key).toMatchObject({ type: "EC", curve });
    expect(key.type === "EC" && key.scalar.length).toBe(32);
    expect(key.type === "EC" && toBigInt(key.scalar)).toBe(5n);
  });

  const other = encodeTlv(0xa0, encodeEcParameters({ curve: "P-256", explicit: false }));
  test.each([
    ["zero", wrap(derSequence(derUnsigned(1), scalar(0n)))],
    ["the order", wrap(derSequence(derUnsigned(1), scalar(n)))],
    ["two curves", wrap(derSequence(derUnsigned(1), scalar(5n), other))],
    ["another version", wrap(derSequence(derUnsigned(2), scalar(5n)))],
    ["another option", wrap(derSequence(derUnsigned(1), scalar(5n), encodeTlv(0xa2, derNull())))],
    ["no curve", derSequence(derUnsigned(1), scalar(5n))],
    ["nothing", derSequence()],
  ])("%s is refused", (_, wire) => {
    expect(() => decodePrivateKey(wire)).toThrowError(
      expect.objectContaining({ code: "PRIVATE_KEY_INVALID" }),
    );
  });

  test("a public key off the curve is refused", () => {
    const point = encodeTlv(
      0xa1,
      encodeTlv(
        0x03,
        Uint8Array.from({ length: 66 }, (_, i) => (i === 1 ? 4 : 0)),
      ),
    );
    expect(() =>
      decodePrivateKey(wrap(derSequence(derUnsigned(1), scalar(5n), point))),
    ).toThrowError(expect.objectContaining({ code: "PUBLIC_KEY_INVALID" }));
  });
});

describe("an RSA private key", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const key = decodePrivateKey(pkcs8(pair.privateKey)) as Extract<PrivateKey, { type: "RSA" }>;

  test("made by OpenSSL is read and written byte for byte", () => {
    expect(encodePrivateKey(key)).toEqual(pkcs8(pair.privateKey));
    expect(publicKeyOf(key, portableCrypto)).toEqual(
      decodeSubjectPublicKeyInfo(spki(pair.publicKey)),
    );
    const bare = bytes(pair.privateKey.export({ format: "der", type: "pkcs1" }));
    expect(decodePrivateKey(bare)).toEqual(key);
  });

  const fields = [
    key.modulus,
    key.exponent,
    key.privateExponent,
    key.p,
    key.q,
    key.p,
    key.q,
    key.q,
  ];
  const replaced = (index: number, value: Uint8Array) =>
    derSequence(
      derUnsigned(0),
      ...fields.map((field, i) => derUnsigned(i === index ? value : field)),
    );
  test.each([
    ["primes of another modulus", replaced(3, key.q)],
    ["the modulus as one of its primes", replaced(3, Uint8Array.of(1))],
    ["a private exponent beyond the modulus", replaced(2, new Uint8Array(129).fill(0xff))],
    [
      "an even modulus",
      replaced(
        0,
        key.modulus.map((byte) => byte & 0xfe),
      ),
    ],
    ["a key of more than two primes", derSequence(derUnsigned(1), ...fields.map(derUnsigned))],
    [
      "a key without its last part",
      derSequence(derUnsigned(0), ...fields.slice(0, 7).map(derUnsigned)),
    ],
  ])("%s is refused", (_, wire) => {
    expect(() => decodePrivateKey(wire)).toThrowError(
      expect.objectContaining({ code: "PRIVATE_KEY_INVALID" }),
    );
  });
});

test("a Diffie-Hellman private key made by OpenSSL is read and written", () => {
  const pair = otherKeyPair("dh", { group: "modp14" });
  const key = decodePrivateKey(pkcs8(pair.privateKey));
  expect(decodePrivateKey(encodePrivateKey(key))).toEqual(key);
  expect(publicKeyOf(key, portableCrypto)).toEqual(
    decodeSubjectPublicKeyInfo(spki(pair.publicKey)),
  );
});

test("a key of another kind is refused", () => {
  expect(() => decodePrivateKey(pkcs8(generateKeyPairSync("ed25519").privateKey))).toThrowError(
    expect.objectContaining({ code: "ALGORITHM_UNKNOWN" }),
  );
});

const specimens = process.env["SPECIMENS_DIR"];
describe.skipIf(!specimens)("private keys of the specimens (needs SPECIMENS_DIR)", () => {
  const file = (name: string) => bytes(readFileSync(`${specimens}/specimens/${name}`));

  test.each([
    ["DG14", { type: "EC", curve: "brainpoolP224r1", explicitParameters: true }],
    ["DG15", { type: "RSA" }],
  ])("that of %s belongs to its public key", (name, expected) => {
    const key = decodePrivateKey(file(`bsi-tr-03105-5/${name}_sk.pkcs8`));
    expect(key).toMatchObject(expected);
    expect(publicKeyOf(key, portableCrypto)).toEqual(
      decodeSubjectPublicKeyInfo(file(`bsi-tr-03105-5/${name}_pk.bin`)),
    );
  });

  test.each([
    ["ZZSTCVCA00001.pkcs8", { type: "EC", curve: "P-192" }],
    ["ZZSTDVCA00001.pkcs8", { type: "EC", curve: "P-192" }],
    ["ZZSTTERM00001.pkcs8", { type: "EC", curve: "P-192" }],
    ["dh/at_key.pkcs8", { type: "RSA" }],
    ["ecdh/at_key.pkcs8", { type: "EC", curve: "brainpoolP512r1", explicitParameters: true }],
  ])("%s is read", (name, expected) => {
    expect(decodePrivateKey(file(`npa-cvc/${name}`))).toMatchObject(expected);
  });
});
