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

  test.each(["A", "AA=", "AAA==", "AB", "AAB", "A*AA", "AA==AA", "====", "AAAA="])(
    "%s is refused",
    (text) => {
      expect(() => decodeBase64(text)).toThrow(MdsError);
    },
  );
});
