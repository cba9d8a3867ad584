import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVpcdDecoder, encodeVpcdFrame, TransportError } from "../src/index.js";

const anyBody = fc.uint8Array({ minLength: 1, maxLength: 600 });

/** Cuts bytes at the given places, in any order and number. */
const split = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, i) => bytes.subarray(start, places[i] ?? bytes.length));
};

describe("vpcd frames", () => {
  test("any split of any frames gives the same bodies", () => {
    fc.assert(
      fc.property(
        fc.array(anyBody, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (bodies, cuts) => {
          const wire = Buffer.concat(bodies.map(encodeVpcdFrame));
          const decoder = createVpcdDecoder();
          const found = split(wire, cuts).flatMap((piece) => decoder.push(piece));
          expect(found).toEqual(bodies);
          expect(decoder.pending).toBe(0);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("what is decoded is encoded to the same bytes", () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const frame = encodeVpcdFrame(body);
        const [found] = createVpcdDecoder().push(frame);
        expect(encodeVpcdFrame(found!)).toEqual(frame);
      }),
    );
  });

  test("no input makes anything but bodies or our error, and no more is kept than came", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_096 }), (bytes) => {
        const decoder = createVpcdDecoder({ maxBody: 1_000 });
        try {
          const found = decoder.push(bytes);
          const whole = found.reduce((sum, body) => sum + body.length + 2, 0);
          expect(whole + decoder.pending).toBe(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TransportError);
        }
      }),
    );
  });

  test("the bodies are copies: nobody sees the buffer of the socket", () => {
    const wire = encodeVpcdFrame(Uint8Array.of(1, 2, 3)).slice();
    const [body] = createVpcdDecoder().push(wire);
    wire.fill(0xff);
    expect(body).toEqual(Uint8Array.of(1, 2, 3));
  });
});
