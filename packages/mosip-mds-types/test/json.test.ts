import { mds095 } from "@org/mosip-mds-types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonValue, parseJson, rawJsonAt, writeJson } from "../src/json.js";

describe("JSON from the other side", () => {
  test("a forbidden key, a deep nest and a long text are refused", () => {
    expect(() => parseJson('{"a":{"__proto__":{"x":1}}}')).toThrow("__proto__");
    expect(() => parseJson('{"\\u005f_proto__":1}')).toThrow("__proto__");
    expect(() => parseJson("[".repeat(40) + "]".repeat(40))).toThrow("levels");
    expect(() => parseJson("[".repeat(100_000))).toThrow("JSON");
    expect(() => parseJson(`"${"a".repeat(11 * 1024 * 1024)}"`)).toThrow("characters");
  });

  test("an error never quotes the text", () => {
    expect(() => parseJson('{"name":"L898902C3"')).toThrow(/^(?!.*L898902C3).*$/);
    expect(() => mds095.CaptureRequest.decode('{"env":"secret"}')).toThrow(/^(?!.*secret).*$/);
  });

  test("a field that is null is absent, also in a list", () => {
    const text =
      '{"env":"Staging","purpose":"Auth","specVersion":"0.9.5","timeout":"1","captureTime":"x","transactionId":"T-12","domainUri":null,"bio":[{"type":"Face","count":"1","bioSubType":[null],"requestedScore":"1","deviceId":"1","deviceSubId":"0","previousHash":""}],"customOpts":null}';
    const request = mds095.CaptureRequest.decode(text, { unknownFields: "refuse" });
    expect(request).not.toHaveProperty("domainUri");
    expect(request.bio[0]?.bioSubType).toEqual([]);
  });

  test("unknown fields are kept, or refused, as asked", () => {
    const text = '{"type":"Finger","vendor":{"x":1}}';
    expect(mds095.DiscoveryRequest.decode(text)).toEqual({ type: "Finger", vendor: { x: 1 } });
    expect(() => mds095.DiscoveryRequest.decode(text, { unknownFields: "refuse" })).toThrow(
      'no field "vendor"',
    );
  });
});

describe("JSON for the other side", () => {
  test("is what JSON.stringify makes, whatever stands in long texts", () => {
    const unit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
    const long = fc
      .tuple(fc.string({ unit }), fc.constantFrom(0, 1_023, 1_024))
      .map(([text, at]) => "a".repeat(at) + text + "b".repeat(1_024 - at));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue({ maxDepth: 3 }),
          long,
          fc.record({ a: long, b: fc.option(fc.string(), { nil: undefined }) }),
          fc.array(long, { maxLength: 2 }),
        ),
        (value) => {
          expect(writeJson(value as JsonValue)).toBe(JSON.stringify(value));
        },
      ),
      { numRuns: 60 },
    );
    for (const odd of ['"', "\\", "\u0000", "\n", "\u007f", "\u2028", "\ud800", "~", " "]) {
      const text = "x".repeat(1_100) + odd;
      expect(writeJson({ text })).toBe(JSON.stringify({ text }));
    }
  });
});

describe("the text of a value inside JSON", () => {
  test("is what stands there, blanks and all", () => {
    const text = ' [ {"b":1, "a" : { "x" : [ "}" , "\\"" ] ,"y":-1.5e3 } } , 7 ] ';
    expect(rawJsonAt(text, [0, "a"])).toBe('{ "x" : [ "}" , "\\"" ] ,"y":-1.5e3 }');
    expect(rawJsonAt(text, [0, "a", "y"])).toBe("-1.5e3");
    expect(rawJsonAt(text, [1])).toBe("7");
    expect(rawJsonAt(text, [2])).toBeUndefined();
    expect(rawJsonAt(text, [0, "c"])).toBeUndefined();
  });

  test("a key that stands twice means the last one, as for JSON.parse", () => {
    expect(rawJsonAt('{"a":1,"a":2}', ["a"])).toBe("2");
  });

  test("parses to the value at the same place", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        const walk = (inside: unknown, path: (string | number)[]): void => {
          if (typeof inside !== "object" || inside === null) {
            return;
          }
          for (const [key, member] of Object.entries(inside)) {
            if (key === "__proto__") {
              return;
            }
            const here = [...path, Array.isArray(inside) ? Number(key) : key];
            expect(JSON.parse(rawJsonAt(text, here)!)).toEqual(JSON.parse(JSON.stringify(member)));
            walk(member, here);
          }
        };
        if (!text.includes("__proto__")) {
          walk(value, []);
        }
      }),
    );
  });
});
