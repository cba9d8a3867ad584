import { describe, expect, test } from "vitest";
import {
  describeStatus,
  expectSuccess,
  formatStatus,
  STATUS_WORDS,
} from "../src/iso7816/status-word.js";

describe("status words", () => {
  test.each([
    [0x9000, "success"],
    [0x6110, "more-data"],
    [0x6282, "warning"],
    [0x6299, "warning"],
    [0x63c2, "warning"],
    [0x6700, "error"],
    [0x6882, "error"],
    [0x6982, "error"],
    [0x69ff, "error"],
    [0x6a82, "error"],
    [0x6b00, "error"],
    [0x6c10, "wrong-le"],
    [0x6f00, "error"],
    [0x9100, "error"],
    [0x0000, "error"],
  ])("%i is %s", (statusWord, kind) => {
    expect(describeStatus(statusWord).kind).toBe(kind);
  });

  test("the numbers inside a status word are said", () => {
    expect(formatStatus(0x63c2)).toBe("63C2 (verification failed, 2 tries left)");
    expect(formatStatus(0x6cf0)).toBe("6CF0 (wrong Le, 240 bytes are there)");
    expect(formatStatus(0x6c00)).toBe("6C00 (wrong Le, 256 bytes are there)");
    expect(formatStatus(0x6100)).toBe("6100 (256 or more bytes still to be fetched)");
  });

  test("every row has its own meaning", () => {
    const meanings = [...STATUS_WORDS.values()].map(({ meaning }) => meaning);
    expect(new Set(meanings).size).toBe(meanings.length);
  });

  test("only 9000 is a success; a warning is not", () => {
    const data = Uint8Array.of(1);
    expect(expectSuccess({ data, statusWord: 0x9000 }, "READ BINARY")).toBe(data);
    for (const statusWord of [0x6282, 0x6300, 0x6a82, 0x9001]) {
      expect(() => expectSuccess({ data, statusWord }, "READ BINARY")).toThrow(
        expect.objectContaining({ code: "APDU_STATUS", statusWord }),
      );
    }
  });
});
