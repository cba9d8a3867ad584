import { fromBigInt, toBigInt } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { type CurveName, curveByName, domainParameters } from "./curves.js";
import type { DhGroup } from "./dh-groups.js";
import { isBetween } from "./key-limits.js";
import type { CryptoProvider, RandomBytes } from "./provider.js";

/** Where a key agreement takes place: on a curve, or modulo a prime. */
export type KeyAgreementParameters =
  | { readonly type: "EC"; readonly curve: CurveName }
  | { readonly type: "DH"; readonly group: DhGroup };

/**
 * A group as Doc 9303-11 uses it in PACE and in chip authentication: the same steps on a curve and
 * modulo a prime. What is computed has a fixed width, `04 || x || y` or an integer as wide as the prime.
 * What is sent is an unsigned integer without leading zeros where it is modulo a prime (9.4.1, 9.4.3),
 * and what is received may have them or not.
 */
export interface KeyAgreementGroup {
  readonly parameters: KeyAgreementParameters;
  /** For reports: the curve, or the bits of prime and subgroup. */
  readonly name: string;
  readonly generator: Uint8Array;
  /** Bytes of an element at most. */
  readonly elementLength: number;
  /** An element as it is sent, and as it stands in a public key data object. */
  encode(element: Uint8Array): Uint8Array;
  /** Whether the bytes are an element that a peer may send: in the group, and none that gives a secret away. */
  isElement(bytes: Uint8Array): boolean;
  /** A private key: uniform from 1 to the order less 1, in its fixed width. */
  privateKey(random: RandomBytes): Uint8Array;
  /** `exponent * element` on a curve, `element ^ exponent` modulo a prime; any exponent. */
  power(element: Uint8Array, exponent: Uint8Array): Uint8Array;
  /** Sum of two points, product of two integers. */
  combine(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** What is derived from a shared element: its x coordinate, or all of it (TR-03111, 4.3.1). */
  secretOf(element: Uint8Array): Uint8Array;
}

/** @throws EmrtdError from the group's functions: `CRYPTO_INPUT` for bytes that are no element. */
export const keyAgreementGroup = (
  parameters: KeyAgreementParameters,
  crypto: CryptoProvider,
): KeyAgreementGroup =>
  parameters.type === "EC" ? curveGroup(parameters, crypto) : primeGroup(parameters, crypto);

const curveGroup = (
  parameters: Extract<KeyAgreementParameters, { type: "EC" }>,
  crypto: CryptoProvider,
): KeyAgreementGroup => {
  const { curve } = parameters;
  const { fieldLength, orderLength } = curveByName(curve);
  const { n } = domainParameters(curve);
  const one = fromBigInt(1n, orderLength);
  return {
    parameters,
    name: curve,
    generator: crypto.ecPublicKey(curve, one),
    elementLength: 1 + 2 * fieldLength,
    encode: (element) => element,
    // The cofactor of every curve here is 1: each point is in the group.
    isElement: (bytes) => crypto.ecIsPoint(curve, bytes),
    privateKey: (random) => randomBelow(n, orderLength, random),
    power(element, exponent) {
      const scalar = toBigInt(exponent) % n;
      if (scalar === 0n) throw neutral();
      return crypto.ecMultiply(curve, element, fromBigInt(scalar, orderLength));
    },
    combine: (a, b) => crypto.ecAdd(curve, a, b),
    secretOf: (element) => element.slice(1, 1 + fieldLength),
  };
};

const primeGroup = (
  parameters: Extract<KeyAgreementParameters, { type: "DH" }>,
  crypto: CryptoProvider,
): KeyAgreementGroup => {
  const { prime, generator, subgroupOrder } = parameters.group;
  const p = toBigInt(prime);
  const width = prime.length;
  const order = subgroupOrder === undefined ? p - 1n : toBigInt(subgroupOrder);
  const orderLength = subgroupOrder?.length ?? width;
  const whole = (element: Uint8Array) =>
    element.length === width ? element : fromBigInt(toBigInt(element), width);
  const power = (element: Uint8Array, exponent: Uint8Array) =>
    crypto.modPow(whole(element), exponent, prime);
  return {
    parameters,
    name: `DH-${8 * width}${subgroupOrder === undefined ? "" : `-${8 * orderLength}`}`,
    generator: fromBigInt(toBigInt(generator), width),
    elementLength: width,
    encode: withoutLeadingZeros,
    isElement(bytes) {
      if (bytes.length > width || !isBetween(toBigInt(bytes), p)) return false;
      // RFC 2631, 2.1.5: an element of another subgroup gives a part of the private key away.
      return subgroupOrder === undefined || toBigInt(power(bytes, subgroupOrder)) === 1n;
    },
    privateKey: (random) => randomBelow(order, orderLength, random),
    power,
    combine: (a, b) => fromBigInt((toBigInt(a) * toBigInt(b)) % p, width),
    // PKCS#3, 8.3: the agreed key is as wide as the prime, unlike the integers that are sent.
    secretOf: whole,
  };
};

const withoutLeadingZeros = (integer: Uint8Array): Uint8Array => {
  const start = integer.findIndex((byte) => byte !== 0);
  return integer.slice(start < 0 ? integer.length - 1 : start);
};

/** How often a number above the limit is drawn again: each time is at most one in two. */
const MAX_DRAWS = 128;

/** 1 to limit - 1, uniform, by drawing again what is outside; bits above the limit's are cleared. */
const randomBelow = (limit: bigint, length: number, random: RandomBytes): Uint8Array => {
  const mask = (1n << BigInt(limit.toString(2).length)) - 1n;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const value = toBigInt(random(length)) & mask;
    if (value > 0n && value < limit) return fromBigInt(value, length);
  }
  throw new EmrtdError("CRYPTO_INPUT", "expected a random source, found one that is none");
};

const neutral = (): EmrtdError =>
  new EmrtdError("CRYPTO_INPUT", "expected a multiplier that the order does not divide");
