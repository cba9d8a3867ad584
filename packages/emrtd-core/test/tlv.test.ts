import { describe, expect, test } from "vitest";
import { fromHex, joinBytes, toHex } from "../src/bytes.js";
import { EmrtdError, type EmrtdErrorCode } from "../src/errors.js";
import {
  decodeTlv,
  decodeTlvs,
  encodeLength,
  encodeTag,
  encodeTlv,
  formatTag,
  readTlv,
  TLV_LIMITS,
  type Tlv,
} from "../src/tlv.js";

const codeOf = (run: () => unknown): EmrtdErrorCode | "none" => {
  try {
    run();
  } catch (error) {
    if (error instanceof EmrtdError) return error.code;
    throw error;
  }
  return "none";
};

/** Looks at every element, as a careless caller would. */
const walk = (element: Tlv): number =>
  1 + (element.constructed ? element.children().reduce((sum, child) => sum + walk(child), 0) : 0);

describe("tags", () => {
  test.each([
    ["30", 0x30],
    ["5f0e", 0x5f0e],
    ["5f1f", 0x5f1f],
    ["7f61", 0x7f61],
    ["5f8101", 0x5f8101],
    ["df818001", 0xdf818001],
  ])("%s is one tag", (hex, tag) => {
    const element = decodeTlv(fromHex(`${hex}0101`.replace(/01$/, "aa")));
    expect(element.tag).toBe(tag);
    expect(toHex(encodeTag(tag))).toBe(hex);
    expect(formatTag(tag)).toBe(hex.toUpperCase());
    expect(element.value).toEqual(Uint8Array.of(0xaa));
  });

  test.each([
    ["more than four bytes", "5f8181818101 00", "TLV_TAG_INVALID"],
    ["a zero in front of the number", "5f8001 00", "TLV_TAG_INVALID"],
    ["nothing after the first byte", "5f", "TLV_TRUNCATED"],
    ["no last byte", "5f81", "TLV_TRUNCATED"],
    ["no length", "30", "TLV_TRUNCATED"],
    ["nothing at all", "", "TLV_TRUNCATED"],
  ])("%s is refused", (_, hex, code) => {
    expect(codeOf(() => decodeTlv(fromHex(hex)))).toBe(code);
  });
});

describe("lengths", () => {
  test.each([
    [0, "00"],
    [127, "7f"],
    [128, "8180"],
    [255, "81ff"],
    [256, "820100"],
    [65_536, "83010000"],
    [16_777_216, "8401000000"],
  ])("%i is written in the fewest bytes", (length, hex) => {
    expect(toHex(encodeLength(length))).toBe(hex);
  });

  test.each([
    ["a short length in the long form", "04 81 01 aa"],
    ["zeros in front", "04 82 00 01 aa"],
    ["an indefinite length", "30 80 05 00 00 00"],
  ])("%s is BER and no DER", (_, hex) => {
    expect(codeOf(() => walk(decodeTlv(fromHex(hex))))).toBe("none");
    expect(codeOf(() => decodeTlv(fromHex(hex), { der: true }))).toBe("TLV_LENGTH_INVALID");
  });

  test("DER binds the elements inside as well", () => {
    const inner = decodeTlv(fromHex("30 04 04 81 01 aa"), { der: true });
    expect(codeOf(() => inner.children())).toBe("TLV_LENGTH_INVALID");
  });

  test.each([
    ["content beyond the end", "04 05 aa", "TLV_TRUNCATED"],
    ["content beyond any end", "04 84 ff ff ff ff aa", "TLV_TRUNCATED"],
    ["half a length", "04 82 01", "TLV_TRUNCATED"],
    ["five length bytes", "04 85 00 00 00 00 01 aa", "TLV_LENGTH_INVALID"],
    ["the reserved length", "04 ff aa", "TLV_LENGTH_INVALID"],
    ["a primitive of indefinite length", "04 80 aa 00 00", "TLV_LENGTH_INVALID"],
    ["an indefinite length without its end", "30 80 05 00", "TLV_TRUNCATED"],
    ["an indefinite length with half its end", "30 80 05 00 00", "TLV_TRUNCATED"],
    ["bytes after the element", "05 00 00", "TLV_TRAILING_BYTES"],
  ])("%s is refused", (_, hex, code) => {
    expect(codeOf(() => decodeTlv(fromHex(hex)))).toBe(code);
  });

  test("the content of a child ends where its parent does", () => {
    expect(codeOf(() => decodeTlv(fromHex("30 03 04 02 aa")).children())).toBe("TLV_TRUNCATED");
    const outer = fromHex("30 03 04 02 aa bb");
    expect(codeOf(() => readTlv(outer).children())).toBe("TLV_TRUNCATED");
  });
});

describe("an element", () => {
  const source = fromHex("ff 30 80 04 01 aa 02 01 05 00 00 ff");
  const element = readTlv(source, 1);

  test("gives views of what came in", () => {
    expect(toHex(element.bytes)).toBe("30800401aa0201050000");
    expect(toHex(element.value)).toBe("0401aa020105");
    expect(element.bytes.buffer).toBe(source.buffer);
    expect(element.child(0x02)?.value).toEqual(Uint8Array.of(5));
    expect(element.child(0x03)).toBeUndefined();
  });

  test("names expected and found tag, and the place", () => {
    expect(() => element.expect(0x31, "SignedData")).toThrow(
      "expected tag 31 for SignedData, found 30 at offset 1",
    );
    expect(element.expect(0x30, "SignedData")).toBe(element);
  });
});

describe("limits", () => {
  const nested = (levels: number, innermost = fromHex("0500")): Uint8Array => {
    let bytes: Uint8Array = innermost;
    for (let i = 0; i < levels; i++) bytes = encodeTlv(0x30, bytes);
    return bytes;
  };
  const nestedIndefinite = (levels: number): Uint8Array =>
    joinBytes([
      ...Array.from({ length: levels }, () => fromHex("3080")),
      ...Array.from({ length: levels }, () => fromHex("0000")),
    ]);

  test("32 levels are walked, one more is refused, a million stop there", () => {
    expect(walk(decodeTlv(nested(TLV_LIMITS.depth)))).toBe(TLV_LIMITS.depth + 1);
    expect(codeOf(() => walk(decodeTlv(nested(TLV_LIMITS.depth + 1))))).toBe("TLV_LIMIT");
    expect(codeOf(() => decodeTlv(nestedIndefinite(TLV_LIMITS.depth + 2)))).toBe("TLV_LIMIT");
    const bomb = Uint8Array.from({ length: 2_000_000 }, (_, i) => (i % 2 === 0 ? 0x30 : 0x80));
    expect(codeOf(() => decodeTlv(bomb))).toBe("TLV_LIMIT");
  });

  test("a million elements side by side, and not one more", () => {
    const content = new Uint8Array(2 * TLV_LIMITS.children + 2);
    for (let i = 0; i < content.length; i += 2) content[i] = 0x05;
    expect(decodeTlvs(content.subarray(2)).length).toBe(TLV_LIMITS.children);
    expect(codeOf(() => decodeTlvs(content))).toBe("TLV_LIMIT");
    const unended = joinBytes([fromHex("3080"), content, fromHex("0000")]);
    expect(codeOf(() => decodeTlv(unended))).toBe("TLV_LIMIT");
  });

  test("more than 64 MiB are refused unseen", () => {
    const huge = new Uint8Array(TLV_LIMITS.size + 1);
    expect(codeOf(() => decodeTlv(huge))).toBe("TLV_LIMIT");
    expect(codeOf(() => decodeTlvs(huge))).toBe("TLV_LIMIT");
    expect(codeOf(() => readTlv(huge))).toBe("TLV_LIMIT");
  });

  /** Counts how often a byte is looked at. */
  const counting = (bytes: Uint8Array): { source: Uint8Array; reads: () => number } => {
    let reads = 0;
    const source = new Proxy(bytes, {
      get(target, name) {
        if (typeof name === "string" && /^\d+$/.test(name)) reads++;
        return Reflect.get(target, name, target);
      },
    });
    return { source, reads: () => reads };
  };

  test.each([1_000, 4_000])(
    "the work on indefinite lengths in each other grows with the %i bytes",
    (count) => {
      // Each level is passed over by those above it: as many times as there are levels, never more.
      const levels = TLV_LIMITS.depth - 1;
      const leaves = joinBytes(Array.from({ length: count }, () => fromHex("0500")));
      let bytes: Uint8Array = leaves;
      for (let i = 0; i < levels; i++) bytes = joinBytes([fromHex("3080"), bytes, fromHex("0000")]);
      const { source, reads } = counting(bytes);
      expect(walk(decodeTlv(source))).toBe(count + levels);
      expect(reads()).toBeLessThan(4 * TLV_LIMITS.depth * bytes.length);
    },
  );

  test("an element of definite length is passed over unseen", () => {
    const { source, reads } = counting(encodeTlv(0x30, encodeTlv(0x04, new Uint8Array(100_000))));
    expect(decodeTlv(source).children().length).toBe(1);
    expect(reads()).toBeLessThan(20);
  });
});
