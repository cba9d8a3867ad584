import { describe, expect, test } from "vitest";
import { createVpcdDecoder, encodeVpcdFrame, VPCD_BODY_BYTES, VPCD_CONTROL } from "../src/index.js";
import vectors from "./vectors/vpcd.json" with { type: "json" };

const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

describe("vpcd frames", () => {
  for (const { name, wire, body } of vectors.frames) {
    test(`${name} is written and read as the driver does`, () => {
      expect(encodeVpcdFrame(hex(body))).toEqual(hex(wire));
      expect(createVpcdDecoder().push(hex(wire))).toEqual([hex(body)]);
    });
  }

  test("controls have the numbers of the driver", () => {
    expect(VPCD_CONTROL).toEqual({ powerOff: 0, powerOn: 1, reset: 2, atr: 4 });
  });

  test("the longest body is carried, one byte more is refused and not cut", () => {
    const longest = new Uint8Array(VPCD_BODY_BYTES).fill(7);
    expect(createVpcdDecoder().push(encodeVpcdFrame(longest))).toEqual([longest]);
    expect(() => encodeVpcdFrame(new Uint8Array(65_536))).toThrowError(
      expect.objectContaining({ code: "FRAME_SIZE", limit: 65_535 }),
    );
  });

  test("an empty body is refused both ways", () => {
    expect(() => encodeVpcdFrame(new Uint8Array(0))).toThrowError(
      expect.objectContaining({ code: "FRAME_SIZE" }),
    );
    expect(() => createVpcdDecoder().push(hex("0000"))).toThrowError(
      expect.objectContaining({ code: "FRAME_INVALID" }),
    );
  });

  test("a length beyond the limit is refused before any of its body comes", () => {
    const decoder = createVpcdDecoder({ maxBody: 258 });
    expect(decoder.push(hex("01"))).toEqual([]);
    expect(() => decoder.push(hex("03"))).toThrowError(
      expect.objectContaining({ code: "FRAME_LIMIT", limit: 258 }),
    );
  });
});
