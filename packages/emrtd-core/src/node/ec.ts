import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  getCurves,
  type KeyObject,
  verify,
} from "node:crypto";
import { concatBytes } from "../bytes.js";
import { EC_PUBLIC_KEY } from "../cms/algorithm.js";
import { type CurveName, curveByName } from "../crypto/curves.js";
import { encodeExplicit } from "../crypto/ec-parameters.js";
import { checkLength, checkPoint, checkScalar, isPoint } from "../crypto/input.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { encodeSubjectPublicKeyInfo } from "../crypto/public-key.js";
import { derOctetString, derOid, derSequence, derUnsigned } from "../der.js";
import { contentOf, KeyCache } from "./key-cache.js";
import { opensslHash, plain } from "./symmetric.js";

/**
 * Elliptic curves by OpenSSL. A curve goes there by its name alone, and only where this build of OpenSSL
 * has it (brainpool is often left out); the portable code does the rest.
 */
const NAMES: { readonly [curve in CurveName]?: string } = {
  "P-192": "prime192v1",
  "P-224": "secp224r1",
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

let available: ReadonlySet<string> | undefined;
const opensslName = (curve: CurveName): string | undefined => {
  available ??= new Set(getCurves());
  const name = NAMES[curve] ?? curve;
  return available.has(name) ? name : undefined;
};

export const ecPublicKey: CryptoProvider["ecPublicKey"] = (curve, privateKey) => {
  checkScalar(curve, privateKey);
  const name = opensslName(curve);
  if (name === undefined) return portableCrypto.ecPublicKey(curve, privateKey);
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(privateKey);
  return plain(ecdh.getPublicKey());
};

export const ecSharedSecret: CryptoProvider["ecSharedSecret"] = (curve, privateKey, publicKey) => {
  checkScalar(curve, privateKey);
  checkPoint(curve, publicKey);
  const name = opensslName(curve);
  if (name === undefined) return portableCrypto.ecSharedSecret(curve, privateKey, publicKey);
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(privateKey);
  return plain(ecdh.computeSecret(publicKey));
};

/**
 * Node multiplies no point but a generator. So the point is made the generator of the curve, with
 * parameters of our own table, and the product read as the public key of the scalar: a third of the
 * time of the portable code. An OpenSSL that refuses such a curve leaves it to that.
 */
export const ecMultiply: CryptoProvider["ecMultiply"] = (curve, point, scalar) => {
  checkPoint(curve, point);
  checkScalar(curve, scalar);
  const product = multiplyAsGenerator(curve, point, scalar);
  return product !== undefined && isPoint(curve, product)
    ? product
    : portableCrypto.ecMultiply(curve, point, scalar);
};

const multiplyAsGenerator = (
  curve: CurveName,
  point: Uint8Array,
  scalar: Uint8Array,
): Uint8Array | undefined => {
  const algorithm = derSequence(derOid(EC_PUBLIC_KEY), encodeExplicit(curve, point));
  const content = derSequence(derUnsigned(1), derOctetString(scalar));
  const pkcs8 = derSequence(derUnsigned(0), algorithm, derOctetString(content));
  let wire: Buffer;
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
    wire = createPublicKey(key).export({ format: "der", type: "spki" });
  } catch {
    return undefined;
  }
  return plain(wire).slice(-(1 + 2 * curveByName(curve).fieldLength));
};

const keys = new KeyCache();

/** Encoded from what has been decoded and checked: OpenSSL never sees parameters of a document. */
const importKey = (curve: CurveName, point: Uint8Array): KeyObject =>
  keys.get(curve + contentOf(point), () => {
    checkPoint(curve, point);
    return JWK_CURVES.has(curve) ? importCoordinates(curve, point) : importDer(curve, point);
  });

/** Of these curves Node takes coordinates, in half the time that OpenSSL's reader of DER needs. */
const JWK_CURVES: ReadonlySet<CurveName> = /* @__PURE__ */ new Set(["P-256", "P-384", "P-521"]);

const importCoordinates = (curve: CurveName, point: Uint8Array): KeyObject => {
  const { fieldLength } = curveByName(curve);
  const coordinate = (start: number): string =>
    Buffer.from(point.buffer, point.byteOffset + start, fieldLength).toString("base64url");
  const jwk = { kty: "EC", crv: curve, x: coordinate(1), y: coordinate(1 + fieldLength) };
  return createPublicKey({ key: jwk, format: "jwk" });
};

const importDer = (curve: CurveName, point: Uint8Array): KeyObject => {
  const key = { type: "EC", curve, point, explicitParameters: false } as const;
  const spki = Buffer.from(encodeSubjectPublicKeyInfo(key));
  return createPublicKey({ key: spki, format: "der", type: "spki" });
};

export const ecdsaVerify: CryptoProvider["ecdsaVerify"] = (
  curve,
  publicKey,
  signature,
  hash,
  message,
) => {
  if (opensslName(curve) === undefined) {
    return portableCrypto.ecdsaVerify(curve, publicKey, signature, hash, message);
  }
  const { orderLength } = curveByName(curve);
  checkLength(signature.r, "r", orderLength);
  checkLength(signature.s, "s", orderLength);
  return verify(
    opensslHash(hash),
    message,
    { key: importKey(curve, publicKey), dsaEncoding: "ieee-p1363" },
    concatBytes(signature.r, signature.s),
  );
};
