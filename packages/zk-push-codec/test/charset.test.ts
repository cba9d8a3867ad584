import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, wireOf } from "../src/bytes.js";
import { charsetOf, decodeText, encodeText, UserRecord, ZkPushError } from "../src/index.js";

test("only Simplified Chinese has names in GB18030", () => {
  expect(charsetOf(83)).toBe("gb18030");
  expect([undefined, 69, 84].map(charsetOf)).toEqual(["utf-8", "utf-8", "utf-8"]);
});

describe("GB18030", () => {
  test("every character that the platform decodes to is written so that it comes back", () => {
    const lost: number[] = [];
    for (let point = 0x80; point <= 0x10_ffff; point += point < 0x1_0000 ? 1 : 257) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCodePoint(point);
      try {
        const back = new TextDecoder("gb18030").decode(bytesOf(encodeText(text, "gb18030")));
        if (back !== text) lost.push(point);
      } catch (error) {
        expect(error).toMatchObject({ code: "TEXT_NOT_ENCODABLE" });
        // Private use alone may be without a code.
        expect(point >= 0xe000 && point <= 0xf8ff, point.toString(16)).toBe(true);
      }
    }
    expect(lost).toEqual([]);
  });

  // GB 18030-2005, table of the two-byte and four-byte areas; the last is beyond the basic plane.
  test.each([
    ["\u5f20\u4e09", "d5c5c8fd"],
    ["\u3000", "a1a1"],
    ["\u20ac", "a2e3"],
    ["\u00e9", "a8a6"],
    ["\u00df", "81308938"],
    ["\uffff", "8431a439"],
    ["\u{1f600}", "9439fc36"],
  ])("%s is %s", (text, hex) => {
    expect(Buffer.from(bytesOf(encodeText(text, "gb18030"))).toString("hex")).toBe(hex);
    expect(decodeText(wireOf(Buffer.from(hex, "hex")), "gb18030")).toEqual({
      text,
      charset: "gb18030",
    });
  });
});

test("a text in the other character set is read and kept to the byte", () => {
  const seen: string[] = [];
  const bytes = new Uint8Array(Buffer.from("USER PIN=1\tName=\xd5\xc5\xc8\xfd", "latin1"));
  const record = UserRecord.decode(bytes, { report: ({ code }) => seen.push(code) });
  expect(record.name).toBe("\u5f20\u4e09");
  expect(seen).toEqual(["TEXT_OTHER_CHARSET"]);
  expect(UserRecord.encode(record)).toEqual(bytes);
  expect(wireOf(UserRecord.encode({ ...record, name: "\u5f20" }))).toBe(
    "USER PIN=1\tName=\xe5\xbc\xa0",
  );
});

test("a text in no character set is kept to the byte", () => {
  const bytes = new Uint8Array(Buffer.from("USER PIN=1\tName=\xff\xfe", "latin1"));
  const record = UserRecord.decode(bytes);
  expect(UserRecord.encode(record)).toEqual(bytes);
});

test("any bytes are read somehow, and what was read in a character set is written back", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom("utf-8", "gb18030"),
      (bytes, charset) => {
        const wire = wireOf(bytes);
        expect(bytesOf(wire)).toEqual(bytes);
        const decoded = decodeText(wire, charset as "utf-8" | "gb18030");
        if (decoded.charset === "utf-8") expect(encodeText(decoded.text, "utf-8")).toBe(wire);
      },
    ),
  );
});

test("half of a surrogate pair is refused", () => {
  expect(() => encodeText("\ud800", "utf-8")).toThrow(ZkPushError);
  expect(() => encodeText("\ud800", "gb18030")).toThrow(ZkPushError);
});
