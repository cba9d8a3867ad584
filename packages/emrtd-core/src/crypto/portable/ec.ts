import {
  type ECDSA,
  ecdsa,
  type WeierstrassPoint,
  type WeierstrassPointCons,
  weierstrass,
} from "@noble/curves/abstract/weierstrass.js";
import { concatBytes } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import { type CurveName, curveByName, domainParameters } from "../curves.js";
import { checkLength, checkPoint, checkScalar } from "../input.js";
import type { EcdsaSignature, HashName } from "../provider.js";
import { hashFunction } from "./hash.js";

/** Every curve is made from the one table of parameters, the first time it is used. */
const groups = /* @__PURE__ */ new Map<CurveName, WeierstrassPointCons<bigint>>();
const group = (curve: CurveName): WeierstrassPointCons<bigint> => {
  let known = groups.get(curve);
  if (known === undefined) {
    const { p, a, b, gx, gy, n, h } = domainParameters(curve);
    known = weierstrass({ p, a, b, Gx: gx, Gy: gy, n, h });
    groups.set(curve, known);
  }
  return known;
};

const readPoint = (curve: CurveName, bytes: Uint8Array): WeierstrassPoint<bigint> => {
  checkPoint(curve, bytes);
  return group(curve).fromBytes(bytes);
};

export const ecPublicKey = (curve: CurveName, privateKey: Uint8Array): Uint8Array =>
  group(curve).BASE.multiply(checkScalar(curve, privateKey)).toBytes(false);

export const ecMultiply = (curve: CurveName, point: Uint8Array, scalar: Uint8Array): Uint8Array =>
  readPoint(curve, point).multiply(checkScalar(curve, scalar)).toBytes(false);

export const ecAdd = (curve: CurveName, a: Uint8Array, b: Uint8Array): Uint8Array => {
  const sum = readPoint(curve, a).add(readPoint(curve, b));
  if (sum.is0()) {
    throw new EmrtdError("CRYPTO_INPUT", "expected points whose sum is not at infinity");
  }
  return sum.toBytes(false);
};

export const ecSharedSecret = (
  curve: CurveName,
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array =>
  ecMultiply(curve, publicKey, privateKey).slice(1, 1 + curveByName(curve).fieldLength);

/** The nonce generator of RFC 6979 runs on the hash of the message, hence one signer for each pair. */
const signers = /* @__PURE__ */ new Map<`${CurveName} ${HashName}`, ECDSA>();
const signer = (curve: CurveName, hash: HashName): ECDSA => {
  const name = `${curve} ${hash}` as const;
  let known = signers.get(name);
  if (known === undefined) {
    // Every s is taken: the half of them above n/2, which Bitcoin bans, are signatures like any other.
    known = ecdsa(group(curve), hashFunction(hash), { lowS: false });
    signers.set(name, known);
  }
  return known;
};

export const ecdsaVerify = (
  curve: CurveName,
  publicKey: Uint8Array,
  signature: EcdsaSignature,
  hash: HashName,
  message: Uint8Array,
): boolean => {
  const { orderLength } = curveByName(curve);
  checkPoint(curve, publicKey);
  checkLength(signature.r, "r", orderLength);
  checkLength(signature.s, "s", orderLength);
  const plain = concatBytes(signature.r, signature.s);
  return signer(curve, hash).verify(plain, message, publicKey);
};

export const ecdsaSign = (
  curve: CurveName,
  privateKey: Uint8Array,
  hash: HashName,
  message: Uint8Array,
): EcdsaSignature => {
  const { orderLength } = curveByName(curve);
  checkScalar(curve, privateKey);
  const plain = signer(curve, hash).sign(message, privateKey);
  return { r: plain.slice(0, orderLength), s: plain.slice(orderLength) };
};
