import { sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBigInt } from "../src/bytes.js";
import { CURVES } from "../src/crypto/curves.js";
import {
  decodeEcdsaSignature,
  decodePlainEcdsaSignature,
  encodeEcdsaSignature,
  encodePlainEcdsaSignature,
} from "../src/crypto/ecdsa-signature.js";
import { derNull, derSequence, derUnsigned } from "../src/der.js";
import { encodeTlv } from "../src/tlv.js";
import { bytes, ecKeyPair } from "./node-keys.js";

const message = new TextEncoder().encode("an eMRTD");
const integer = (...content: number[]) => encodeTlv(0x02, Uint8Array.from(content));

describe.each(CURVES)("a signature of $name", ({ name, orderLength }) => {
  test("of OpenSSL has the same two integers in both forms", () => {
    const { privateKey } = ecKeyPair(name);
    const der = bytes(sign("sha256", message, privateKey));
    const decoded = decodeEcdsaSignature(name, der)!;
    expect(encodeEcdsaSignature(decoded)).toEqual(der);
    const plain = encodePlainEcdsaSignature(decoded);
    expect(plain.length).toBe(2 * orderLength);
    expect(decodePlainEcdsaSignature(name, plain)).toEqual(decoded);
  });

  test("any two positive integers are read back in full width", () => {
    const half = fc.bigInt({ min: 1n, max: (1n << BigInt(8 * orderLength)) - 1n });
    fc.assert(
      fc.property(half, half, (r, s) => {
        const signature = { r: fromBigInt(r, orderLength), s: fromBigInt(s, orderLength) };
        expect(decodeEcdsaSignature(name, encodeEcdsaSignature(signature))).toEqual(signature);
      }),
      { numRuns: 20 },
    );
  });
});

describe("the DER form", () => {
  test("zeros in front of an integer are let pass", () => {
    const wire = derSequence(integer(0, 0, 0, 5), integer(0, 0x7f));
    expect(decodeEcdsaSignature("P-256", wire)).toEqual({
      r: fromBigInt(5n, 32),
      s: fromBigInt(127n, 32),
    });
  });

  test.each([
    ["a zero", derSequence(derUnsigned(0), derUnsigned(1))],
    ["a negative integer", derSequence(integer(0x80), derUnsigned(1))],
    ["an integer without content", derSequence(integer(), derUnsigned(1))],
    ["an integer wider than the order", derSequence(derUnsigned(1n << 256n), derUnsigned(1))],
    ["one integer", derSequence(derUnsigned(1))],
    ["three integers", derSequence(derUnsigned(1), derUnsigned(1), derUnsigned(1))],
    ["another element", derSequence(derUnsigned(1), derNull())],
    ["bytes that are no DER", new Uint8Array(64).fill(0xff)],
    ["bytes after it", Uint8Array.of(...derSequence(derUnsigned(1), derUnsigned(1)), 0)],
    ["nothing", new Uint8Array()],
    [
      "a heap of zeros",
      derSequence(integer(...new Array<number>(2_000).fill(0), 5), derUnsigned(1)),
    ],
  ])("%s is no signature", (_, wire) => {
    expect(decodeEcdsaSignature("P-256", wire)).toBeUndefined();
  });
});

test("a plain signature of another width is none", () => {
  expect(decodePlainEcdsaSignature("P-256", new Uint8Array(63))).toBeUndefined();
  expect(decodePlainEcdsaSignature("P-521", new Uint8Array(132))).toBeDefined();
});
