import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, joinBytes, toHex } from "../src/bytes.js";
import {
  derBitString,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derUnsigned,
  readBitStringBytes,
  readBoolean,
  readIntegerBytes,
  readNamedBits,
  readOctetString,
  readOid,
  readSmallInteger,
  readUnsigned,
  readUnsignedBytes,
} from "../src/der.js";
import { EmrtdError } from "../src/errors.js";
import { decodeOid, encodeOid } from "../src/oid.js";
import { decodeTlv, encodeTlv, type Tlv } from "../src/tlv.js";

const element = (hex: string): Tlv => decodeTlv(fromHex(hex));

const refuses = (read: () => unknown, code: string) =>
  expect(read).toThrow(expect.objectContaining({ code }));

describe("integers", () => {
  test("any non-negative one is written in the fewest bytes and read back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 600n }), (value) => {
        const written = decodeTlv(derUnsigned(value), { der: true });
        expect(readUnsigned(written, "n")).toBe(value);
        const bytes = readUnsignedBytes(written, "n");
        expect(derUnsigned(bytes)).toEqual(derUnsigned(value));
        expect(bytes.length === 1 || bytes[0] !== 0).toBe(true);
      }),
    );
  });

  test("zeros in front are let pass, and dropped", () => {
    expect(readUnsigned(element("0203000005"), "n")).toBe(5n);
    expect(toHex(readUnsignedBytes(element("0203000005"), "n"))).toBe("05");
    expect(toHex(readUnsignedBytes(element("02020000"), "n"))).toBe("00");
    expect(toHex(readIntegerBytes(element("0203000005"), "n"))).toBe("000005");
  });

  test("what is negative, empty, too large or no integer is refused", () => {
    refuses(() => readUnsigned(element("020180"), "n"), "DER_INVALID");
    refuses(() => readUnsignedBytes(element("0201ff"), "n"), "DER_INVALID");
    refuses(() => readUnsigned(element("0200"), "n"), "DER_INVALID");
    refuses(() => readUnsigned(element("040105"), "n"), "TLV_UNEXPECTED_TAG");
    refuses(() => readSmallInteger(element("020500ffffffff"), "n"), "DER_INVALID");
    refuses(
      () => readUnsigned(decodeTlv(encodeTlv(0x02, new Uint8Array(4_097))), "n"),
      "DER_INVALID",
    );
    refuses(() => derUnsigned(-1), "DER_INVALID");
    expect(readSmallInteger(element("02047fffffff"), "n")).toBe(0x7fff_ffff);
  });
});

describe("strings of octets and bits", () => {
  test("segments are joined, in segments too", () => {
    expect(toHex(readOctetString(element("24 0a 0402aabb 24 04 0402ccdd"), "s"))).toBe("aabbccdd");
    expect(toHex(readOctetString(element("24 80 0402aabb 0401cc 0000"), "s"))).toBe("aabbcc");
    expect(toHex(readOctetString(element("0402aabb"), "s"))).toBe("aabb");
    refuses(() => readOctetString(element("24 03 020105"), "s"), "TLV_UNEXPECTED_TAG");
  });

  test("a heap of segments is joined without running out of stack", () => {
    const segments = joinBytes(Array.from({ length: 200_000 }, () => fromHex("0401aa")));
    expect(readOctetString(decodeTlv(encodeTlv(0x24, segments)), "s").length).toBe(200_000);
  });

  test("keys and signatures are whole bytes", () => {
    expect(toHex(readBitStringBytes(decodeTlv(derBitString(fromHex("aabb"))), "s"))).toBe("aabb");
    refuses(() => readBitStringBytes(element("030201aa"), "s"), "DER_INVALID");
    refuses(() => readBitStringBytes(element("0300"), "s"), "DER_INVALID");
  });

  test("named bits are counted from the first", () => {
    expect(readNamedBits(element("03020780"), "bits")).toEqual([true]);
    expect(readNamedBits(element("030206c0"), "bits")).toEqual([true, true]);
    expect(readNamedBits(element("0303070180"), "bits")).toHaveLength(9);
    expect(readNamedBits(element("030100"), "bits")).toEqual([]);
    refuses(() => readNamedBits(element("0300"), "bits"), "DER_INVALID");
    refuses(() => readNamedBits(element("030101"), "bits"), "DER_INVALID");
    refuses(() => readNamedBits(element("03020880"), "bits"), "DER_INVALID");
    const huge = decodeTlv(encodeTlv(0x03, new Uint8Array(34)));
    refuses(() => readNamedBits(huge, "bits"), "DER_INVALID");
  });

  test("a boolean is one byte", () => {
    expect(readBoolean(element("010100"), "b")).toBe(false);
    expect(readBoolean(element("0101ff"), "b")).toBe(true);
    expect(readBoolean(element("010101"), "b")).toBe(true);
    refuses(() => readBoolean(element("0100"), "b"), "DER_INVALID");
  });
});

test("sets are written in the order of their bytes", () => {
  const set = derSetOf(
    derUnsigned(300),
    derNull(),
    derUnsigned(5),
    derOctetString(Uint8Array.of(1)),
  );
  expect(toHex(set)).toBe("310c" + "020105" + "0202012c" + "040101" + "0500");
  expect(toHex(derSequence(derNull(), derUnsigned(5)))).toBe("30050500020105");
});

describe("object identifiers", () => {
  test.each([
    ["2.23.136.1.1.1", "678108010101"],
    ["1.2.840.113549.1.1.10", "2a864886f70d01010a"],
    ["0.4.0.127.0.7.2.2.4", "04007f0007020204"],
    ["2.999.1", "883701"],
    ["0.0", "00"],
  ])("%s", (oid, hex) => {
    expect(decodeOid(fromHex(hex))).toBe(oid);
    expect(toHex(encodeOid(oid))).toBe(hex);
    expect(readOid(decodeTlv(derOid(oid)), "oid")).toBe(oid);
  });

  test("bytes that are one are written as they were read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        let oid: string;
        try {
          oid = decodeOid(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(EmrtdError);
          return;
        }
        expect(encodeOid(oid)).toEqual(bytes);
      }),
    );
  });

  test.each(["", "1", "3.1", "1.40", "1.2.", "1.02", "1.-2", "1.2.x", `1.2${".1".repeat(200)}`])(
    "%j is none",
    (oid) => refuses(() => encodeOid(oid), "OID_INVALID"),
  );

  test.each(["", "80", "2a80", "2a8001", `2a${"01".repeat(64)}`])("%s is none", (hex) =>
    refuses(() => decodeOid(fromHex(hex)), "OID_INVALID"),
  );
});
