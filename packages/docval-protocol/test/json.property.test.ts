import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../src/base64.js";
import { DocvalError, parseJson, writeJson } from "../src/index.js";

describe("JSON", () => {
  test("reads what JSON.parse reads, as it reads it", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const expected = JSON.parse(text);
        try {
          expect(JSON.parse(writeJson(parseJson(text)))).toEqual(expected);
        } catch (error) {
          // A key that stands twice is refused on purpose; nothing else is.
          expect((error as DocvalError).message).toContain("each key once");
        }
      }),
      { numRuns: 500 },
    );
  });

  test("keeps every integer", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(BigInt(parseJson(value.toString()) as number)).toBe(value);
        expect(writeJson(parseJson(`{"a":[${value}]}`))).toBe(`{"a":[${value}]}`);
      }),
    );
  });

  test("refuses what JSON.parse refuses, with our error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => text.slice(0, -1)),
        ),
        (text) => {
          let refused = false;
          try {
            JSON.parse(text);
          } catch {
            refused = true;
          }
          if (refused) expect(() => parseJson(text)).toThrow(DocvalError);
        },
      ),
    );
  });

  test.each([
    ["a key twice", '{"a":1,"a":2}'],
    ["an escaped key twice", '{"a":1,"\\u0061":2}'],
    ["a number out of range", "[1e400]"],
    ["an integer of too many digits", "9".repeat(1_001)],
    ["a leading zero", "01"],
    ["a control character", '"\u0001"'],
    ["nesting without end", "[".repeat(100_000)],
    ["a lone surrogate escape cut short", '"\\ud80"'],
    ["a word that goes on", "truest"],
  ])("refuses %s", (_, text) => {
    expect(() => parseJson(text)).toThrow(DocvalError);
  });

  test("`__proto__` is a key like any other", () => {
    const value = parseJson('{"__proto__":{"polluted":true}}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("an error says where and nothing of the text", () => {
    expect(() => parseJson('{"name":"ERIKSSON" oops')).toThrow(
      "expected a comma or the end of the object at offset 19 of the text",
    );
  });
});

describe("base64", () => {
  test("is what the platform writes, and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(text)).toEqual(bytes);
        expect(decodeBase64(Buffer.from(bytes).toString("base64url"))).toEqual(bytes);
        expect(decodeBase64(text.replace(/(.{4})/g, "$1\r\n"))).toEqual(bytes);
      }),
    );
  });

  test.each(["A", "AB=A", "AA=", "A===", "A=", "====", "AB", "A\u00e4==", "AA*="])(
    "refuses %s",
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );

  test("large input keeps its length", () => {
    const bytes = new Uint8Array(100_001).fill(0xa5);
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
  });
});
