import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64, fromHex, isLongerThan, toHex } from "../src/bytes.js";

describe("base64", () => {
  test("agrees with the platform's, both ways", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(encodeBase64(bytes)).toBe(text);
        expect(decodeBase64(text)).toEqual(bytes);
        expect(decodeBase64(text.replace(/=+$/, ""))).toEqual(bytes);
      }),
    );
  });

  test("anything else is undefined, never garbage", () => {
    for (const text of ["A", "AAAAA", "A===", "AA=A", "AAA\u00e9", "AA A", "AA-_", "=AAA"]) {
      expect(decodeBase64(text)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), (text) => {
        const bytes = decodeBase64(text);
        if (bytes) expect(/^[A-Za-z0-9+/]*={0,2}$/.test(text)).toBe(true);
      }),
    );
  });

  test("megabytes in a moment", () => {
    const bytes = new Uint8Array(6 * 1024 * 1024).map((_, i) => i * 7);
    expect(Buffer.compare(decodeBase64(encodeBase64(bytes))!, bytes)).toBe(0);
  });
});

test("hexadecimal digits, both ways", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(fromHex(toHex(bytes), "x")).toEqual(bytes);
      expect(fromHex(toHex(bytes).toLowerCase(), "x")).toEqual(bytes);
    }),
  );
});

test("a text is as long as its UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), (text) => {
      const length = new TextEncoder().encode(text).length;
      expect(isLongerThan(text, length)).toBe(false);
      if (length > 0) expect(isLongerThan(text, length - 1)).toBe(true);
    }),
  );
});
