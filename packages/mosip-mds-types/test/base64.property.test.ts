import { decodeBase64, encodeBase64, encodeBase64Url, MdsError } from "@org/mosip-mds-types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("base64", () => {
  test("agrees with Node in both alphabets", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      }),
    );
  });

  test("reads both alphabets, padded or not, and a mixture", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, pad) => {
        const text = encodeBase64(bytes);
        const mixed = text
          .replace(/\+/g, (plus, at: number) => (at % 2 === 0 ? plus : "-"))
          .replace(/\//g, (slash, at: number) => (at % 2 === 0 ? slash : "_"));
        expect(decodeBase64(pad ? mixed : mixed.replace(/=/g, ""))).toEqual(bytes);
      }),
    );
  });

  test("any text is bytes or our error, and two texts of one form never mean the same bytes", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        try {
          expect(encodeBase64Url(decodeBase64(text))).toBe(
            text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, ""),
          );
        } catch (error) {
          expect(error).toBeInstanceOf(MdsError);
        }
      }),
    );
  });

  test("long texts, and each wrong character in them", () => {
    const bytes = Uint8Array.from({ length: 150_001 }, (_, index) => (index * 7919) >> 3);
    for (const length of [98_301, 98_302, 98_304, 131_072, 150_001]) {
      const some = bytes.subarray(0, length);
      const text = encodeBase64Url(some);
      expect(text).toBe(Buffer.from(some).toString("base64url"));
      expect(Buffer.compare(decodeBase64(text), some)).toBe(0);
    }
    const text = encodeBase64Url(bytes.subarray(0, 3_000));
    for (const wrong of ["*", "\u0000", "\u0141", "\u00e9", "=", "\ud83d"]) {
      for (let at = 0; at < 8; at++) {
        const broken = text.slice(0, 100 + at) + wrong + text.slice(101 + at);
        expect(() => decodeBase64(broken)).toThrow(MdsError);
      }
    }
  });

  test.each(["A", "AA=", "AAA==", "AB", "AAB", "A*AA", "AA==AA", "====", "AAAA="])(
    "%s is refused",
    (text) => {
      expect(() => decodeBase64(text)).toThrow(MdsError);
    },
  );
});
