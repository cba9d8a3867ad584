import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concatBytes, fromBigInt } from "../src/bytes.js";
import { type CurveName, curveByName, domainParameters } from "../src/crypto/curves.js";
import { encodeExplicit } from "../src/crypto/ec-parameters.js";
import { decodeEcdsaSignature } from "../src/crypto/ecdsa-signature.js";
import { invert } from "../src/crypto/portable/mod-pow.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodeSubjectPublicKeyInfo, type EcKey } from "../src/crypto/public-key.js";
import { derBitString, derOctetString, derOid, derSequence, derUnsigned } from "../src/der.js";
import { nodeCrypto } from "../src/node/crypto.js";
import { bytes, ecKeyPair, spki } from "./node-keys.js";

const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
const message = new TextEncoder().encode("a list of hashes that nobody signed");

/**
 * Whoever may choose the generator knows the private key of any public one: with a generator of Q / d
 * the private key of Q is d.
 */
const forge = (curve: CurveName) => {
  const { orderLength } = curveByName(curve);
  const { n } = domainParameters(curve);
  const victim = decodeSubjectPublicKeyInfo(spki(ecKeyPair(curve).publicKey)) as EcKey;
  const d = 7n;
  const inverse = fromBigInt(invert(d, n), orderLength);
  const generator = portableCrypto.ecMultiply(curve, victim.point, inverse);
  const pkcs8 = (base: Uint8Array) =>
    derSequence(
      derUnsigned(0),
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit(curve, base)),
      derOctetString(derSequence(derUnsigned(1), derOctetString(fromBigInt(d, orderLength)))),
    );
  const key = createPrivateKey({
    key: Buffer.from(pkcs8(generator)),
    format: "der",
    type: "pkcs8",
  });
  const signature = bytes(sign("sha256", message, key));
  const withGenerator = (base: Uint8Array) =>
    derSequence(
      derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit(curve, base)),
      derBitString(victim.point),
    );
  return { victim, generator, signature, forged: withGenerator(generator), withGenerator };
};

describe.each(["P-384", "brainpoolP256r1"] as const)("a chosen generator on %s", (curve) => {
  const { victim, generator, signature, forged, withGenerator } = forge(curve);

  test("makes a signature that OpenSSL takes for the victim's: the forgery is a real one", () => {
    const key = createPublicKey({ key: Buffer.from(forged), format: "der", type: "spki" });
    expect(verify("sha256", message, key, signature)).toBe(true);
  });

  test("is refused where the key is read", () => {
    expect(() => decodeSubjectPublicKeyInfo(forged)).toThrow(
      expect.objectContaining({ code: "EC_PARAMETERS_UNKNOWN" }),
    );
    const { fieldLength } = curveByName(curve);
    const sign = 2 + (generator.at(-1)! & 1);
    const compressed = concatBytes(Uint8Array.of(sign), generator.subarray(1, 1 + fieldLength));
    expect(() => decodeSubjectPublicKeyInfo(withGenerator(compressed))).toThrow(
      expect.objectContaining({ code: "EC_PARAMETERS_UNKNOWN" }),
    );
  });

  test.each([portableCrypto, nodeCrypto])(
    "fails with provider $name, which knows the curve by name",
    (crypto) => {
      const decoded = decodeEcdsaSignature(curve, signature)!;
      expect(crypto.ecdsaVerify(curve, victim.point, decoded, "SHA-256", message)).toBe(false);
    },
  );

  test("the right generator, written out, is the named curve and nothing more", () => {
    const { fieldLength } = curveByName(curve);
    const { gx, gy } = domainParameters(curve);
    const right = concatBytes(
      Uint8Array.of(4),
      fromBigInt(gx, fieldLength),
      fromBigInt(gy, fieldLength),
    );
    const key = decodeSubjectPublicKeyInfo(withGenerator(right));
    expect(key).toEqual({ ...victim, explicitParameters: true });
  });
});
