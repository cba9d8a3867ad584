import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anySsc } from "../src/arbitraries.js";
import { sessionInfo, sessionOf } from "../src/emrtd/index.js";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe("a session in JSON and in secure messaging", () => {
  test("AES: the low half of the counter travels", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16, 24, 32).chain((n) => fc.tuple(bytes(n), bytes(n))),
        anySsc(),
        ([encKey, macKey], ssc) => {
          const info = { algorithm: "AES" as const, encKey, macKey, ssc };
          const session = sessionOf(info);
          expect(session.cipher).toBe(`AES-${8 * encKey.length}`);
          expect(session.sendSequenceCounter.subarray(0, 8)).toEqual(new Uint8Array(8));
          expect(sessionInfo(session)).toEqual(info);
        },
      ),
    );
  });

  test("triple DES: with two keys or with the first of them repeated", () => {
    fc.assert(
      fc.property(bytes(16), bytes(16), anySsc(), (encKey, macKey, ssc) => {
        const short = sessionOf({ algorithm: "DESede", encKey, macKey, ssc });
        const info = sessionInfo(short);
        expect(info.encKey).toEqual(Uint8Array.of(...encKey, ...encKey.subarray(0, 8)));
        expect(sessionOf(info)).toEqual(short);
        expect(info.ssc).toBe(ssc);
      }),
    );
  });

  test.each([
    ["AES", 15, 15],
    ["AES", 16, 32],
    ["AES", 0, 0],
    ["DESede", 8, 8],
    ["DESede", 24, 24],
    ["DESede", 32, 32],
  ] as const)("%s with keys of %i and %i bytes is none", (algorithm, a, b) => {
    const key = (length: number) => Uint8Array.from({ length }, (_, i) => i);
    expect(() => sessionOf({ algorithm, encKey: key(a), macKey: key(b), ssc: 0n })).toThrow(
      expect.objectContaining({ code: "SESSION_UNUSABLE" }),
    );
  });
});
