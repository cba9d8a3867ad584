import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  concatBytes,
  equalBytes,
  fromBigInt,
  fromHex,
  joinBytes,
  toBigInt,
  toHex,
} from "../src/bytes.js";

describe("bytes", () => {
  test("hexadecimal digits are read back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromHex(toHex(bytes).toUpperCase().replace(/../g, "$& "))).toEqual(bytes);
      }),
    );
  });

  test.each(["0", "0g", "0x00", "-1"])("%s are no such digits", (text) => {
    expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: "CRYPTO_INPUT" }));
  });

  test("an integer keeps its width and its value", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(5), (bytes, zeros) => {
        const wide = concatBytes(new Uint8Array(zeros), bytes);
        expect(fromBigInt(toBigInt(bytes), wide.length)).toEqual(wide);
      }),
    );
  });

  test("an integer that does not fit is refused", () => {
    expect(() => fromBigInt(256n, 1)).toThrow(expect.objectContaining({ code: "CRYPTO_INPUT" }));
    expect(() => fromBigInt(-1n, 1)).toThrow(expect.objectContaining({ code: "CRYPTO_INPUT" }));
  });

  test("equality is that of content, whatever lies around it", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        expect(equalBytes(a, concatBytes(b, a).subarray(b.length))).toBe(true);
        expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b));
      }),
    );
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });

  test("any number of parts is joined", () => {
    const parts = Array.from({ length: 200_000 }, (_, i) => Uint8Array.of(i & 0xff));
    expect(joinBytes(parts).length).toBe(200_000);
    expect(concatBytes()).toEqual(new Uint8Array());
  });
});
