import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CLOSE_REASON_BYTES,
  cutCloseReason,
  fromWebCloseCode,
  isSendableCloseCode,
  toWebCloseCode,
} from "../src/index.js";

describe("close codes", () => {
  test("those that only report, and those of nobody, may not be sent", () => {
    const sendable = Array.from({ length: 5_100 }, (_, code) => code).filter(isSendableCloseCode);
    expect(sendable.slice(0, 12)).toEqual([
      1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
    ]);
    expect(sendable.slice(12)).toEqual(Array.from({ length: 2_000 }, (_, i) => 3_000 + i));
    expect(isSendableCloseCode(1000.5)).toBe(false);
    expect(isSendableCloseCode(Number.NaN)).toBe(false);
  });

  test("a web page sends 1000 and 3000 to 4999 as they are and the others by a number of its own", () => {
    expect(toWebCloseCode(1000)).toBe(1000);
    expect(toWebCloseCode(1001)).toBe(4001);
    expect(toWebCloseCode(1011)).toBe(4011);
    expect(toWebCloseCode(4401)).toBe(4401);
    for (const code of [1000, 1001, 1008, 1011, 3000, 4401]) {
      expect(fromWebCloseCode(toWebCloseCode(code))).toBe(code);
    }
    expect(fromWebCloseCode(4005)).toBe(4005);
  });
});

describe("close reasons", () => {
  test("fit into 123 bytes, are a beginning of what was given, and no shorter than need be", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (reason) => {
        const cut = cutCloseReason(reason);
        const rest = reason.slice(cut.length);
        expect(reason.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(CLOSE_REASON_BYTES);
        // No character is cut in two.
        expect(Buffer.from(cut).toString()).toBe(cut);
        const [next = ""] = rest;
        expect(rest === "" || Buffer.byteLength(cut + next) > CLOSE_REASON_BYTES).toBe(true);
      }),
    );
  });
});
