import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../src/bytes.js";
import {
  type CommandApdu,
  decodeCommandApdu,
  encodeCommandApdu,
} from "../src/iso7816/command-apdu.js";
import { decodeResponseApdu, encodeResponseApdu } from "../src/iso7816/response-apdu.js";

const header = { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c };

/** ISO/IEC 7816-4:2013, 5.2: every case in both forms. */
const CASES: readonly (readonly [string, CommandApdu, boolean, string])[] = [
  ["case 1", header, false, "00a4020c"],
  ["case 2 short", { ...header, le: 4 }, false, "00a4020c04"],
  ["case 2 short, 256", { ...header, le: 256 }, false, "00a4020c00"],
  ["case 2 extended because of Le", { ...header, le: 257 }, false, "00a4020c000101"],
  ["case 2 extended, 65,536", { ...header, le: 65_536 }, false, "00a4020c000000"],
  ["case 2 extended when asked", { ...header, le: 4 }, true, "00a4020c000004"],
  ["case 3 short", { ...header, data: fromHex("011e") }, false, "00a4020c02011e"],
  ["case 3 extended when asked", { ...header, data: fromHex("011e") }, true, "00a4020c000002011e"],
  ["case 4 short", { ...header, data: fromHex("011e"), le: 256 }, false, "00a4020c02011e00"],
  [
    "case 4 extended because of Le",
    { ...header, data: fromHex("011e"), le: 65_536 },
    false,
    "00a4020c000002011e0000",
  ],
  [
    "case 4 extended when asked",
    { ...header, data: fromHex("011e"), le: 256 },
    true,
    "00a4020c000002011e0100",
  ],
];

describe("command APDU", () => {
  test.each(CASES)("%s", (_, command, extended, bytes) => {
    expect(toHex(encodeCommandApdu(command, { extended }))).toBe(bytes);
    expect(decodeCommandApdu(fromHex(bytes))).toEqual(command);
  });

  test("256 bytes of data make it extended", () => {
    const bytes = encodeCommandApdu({ ...header, data: new Uint8Array(256) });
    expect(toHex(bytes.subarray(0, 7))).toBe("00a4020c000100");
    expect(bytes).toHaveLength(4 + 3 + 256);
  });

  test.each([
    ["three bytes", "00a402"],
    ["Lc of more than follows", "00a4020c03011e"],
    ["bytes after Le", "00a4020c02011e0000"],
    ["an extended length cut short", "00a4020c0001"],
    ["an extended Lc of zero with more behind", "00a4020c0000000100"],
    ["an extended case 4 with a short Le", "00a4020c000002011e00"],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeCommandApdu(fromHex(bytes))).toThrow(
      expect.objectContaining({ code: "APDU_INVALID" }),
    );
  });

  test.each([
    ["CLA of nine bits", { ...header, cla: 0x100 }],
    ["Le of zero", { ...header, le: 0 }],
    ["Le of 65,537", { ...header, le: 65_537 }],
    ["65,536 bytes of data", { ...header, data: new Uint8Array(65_536) }],
  ])("does not write %s", (_, command) => {
    expect(() => encodeCommandApdu(command)).toThrow(
      expect.objectContaining({ code: "APDU_INVALID" }),
    );
  });
});

describe("response APDU", () => {
  test("is data and a status word", () => {
    expect(decodeResponseApdu(fromHex("60146982"))).toEqual({
      data: fromHex("6014"),
      statusWord: 0x6982,
    });
    expect(toHex(encodeResponseApdu({ data: new Uint8Array(0), statusWord: 0x9000 }))).toBe("9000");
  });

  test.each([
    ["one byte", new Uint8Array(1)],
    ["more than any answer holds", new Uint8Array(65_539)],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeResponseApdu(bytes)).toThrow(
      expect.objectContaining({ code: "APDU_INVALID" }),
    );
  });

  test("does not write a status word of three bytes", () => {
    expect(() => encodeResponseApdu({ data: new Uint8Array(0), statusWord: 0x19000 })).toThrow(
      expect.objectContaining({ code: "APDU_INVALID" }),
    );
  });
});
