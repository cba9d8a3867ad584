import { drawScore, encodeGreyJpeg, MdsError } from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { jpeg2000Over, loadJpeg2000, type SampledImage } from "@org/mosip-mds-types/images";
import { loadJpeg2000Wasm } from "@org/mosip-mds-types/node";
import { decodeRecord, imagesOf, readImageHeader } from "@org/mosip-mds-types/records";
import {
  createDrawnSource,
  drawFace,
  drawFinger,
  drawIris,
  drawingNumbers,
} from "@org/mosip-mds-types/testing";
import fc from "fast-check";
import jpegJs from "jpeg-js";
import { describe, expect, test } from "vitest";
import { random } from "./world.js";

const sampleOf = async (
  modality: "finger" | "iris" | "face",
  jpeg2000?: Awaited<ReturnType<typeof loadJpeg2000>>,
) => {
  const source = createDrawnSource({
    modality,
    random,
    clock: systemClock,
    ...(jpeg2000 === undefined ? {} : { jpeg2000 }),
  });
  for await (const [sample] of source.attempts({
    modality,
    purpose: "registration",
    positions: [modality === "finger" ? "left-index" : modality === "iris" ? "left" : "unknown"],
    exceptions: [],
    subId: 0,
    requestedScore: 0,
    signal: new AbortController().signal,
  })) {
    return sample!;
  }
  throw new Error("no sample");
};

describe("JPEG of our own", () => {
  test("another decoder reads it, close to the samples", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (width, height, seed) => {
          const pixels = Uint8Array.from(
            { length: width * height },
            (_, at) => 128 + 100 * Math.sin((at % width) / 5 + seed) * Math.cos(at / width / 7),
          );
          const decoded = jpegJs.decode(encodeGreyJpeg({ width, height, pixels }, 92));
          expect([decoded.width, decoded.height]).toEqual([width, height]);
          const errors = pixels.map((value, at) => Math.abs(value - decoded.data[4 * at]!));
          expect(Math.max(...errors)).toBeLessThan(24);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("noise and extremes too", () => {
    for (const fill of [0, 255, 128]) {
      const pixels = new Uint8Array(64).fill(fill);
      const decoded = jpegJs.decode(encodeGreyJpeg({ width: 8, height: 8, pixels }, 90));
      expect(Math.abs(decoded.data[0]! - fill)).toBeLessThan(4);
    }
    const noise = random(64 * 64);
    const decoded = jpegJs.decode(encodeGreyJpeg({ width: 64, height: 64, pixels: noise }, 100));
    const mean =
      noise.reduce((sum, value, at) => sum + Math.abs(value - decoded.data[4 * at]!), 0) / 4096;
    expect(mean).toBeLessThan(3);
  });

  test("samples that do not fill the size are refused", () => {
    expect(() => encodeGreyJpeg({ width: 8, height: 8, pixels: new Uint8Array(63) })).toThrow(
      MdsError,
    );
  });

  test("the score is drawn in, white on black", () => {
    const image = { width: 160, height: 120, pixels: new Uint8Array(160 * 120).fill(128) };
    const drawn = drawScore(image, 87);
    expect(drawn.pixels[0]).toBe(0);
    expect(new Set(drawn.pixels)).toEqual(new Set([0, 255, 128]));
    expect(image.pixels[0]).toBe(128);
    expect(drawScore(image, 12).pixels).not.toEqual(drawn.pixels);
  });
});

describe("JPEG 2000", () => {
  test("lossless both ways, in JavaScript and in WebAssembly, each reading the other", async () => {
    const [script, wasm] = [await loadJpeg2000(), await loadJpeg2000Wasm()];
    for (const components of [1, 3] as const) {
      const image: SampledImage = {
        width: 40,
        height: 30,
        components,
        pixels: random(1200 * components),
      };
      for (const [a, b] of [
        [script, wasm],
        [wasm, script],
      ] as const) {
        const bytes = a.encode(image);
        expect(readImageHeader(bytes)).toEqual({
          format: "jp2",
          width: 40,
          height: 30,
          bitDepth: 8,
          components,
        });
        expect(b.decode(bytes)).toEqual({ ...image, lossless: true });
      }
    }
  });

  test("what is no image, or does not fit, is our error", async () => {
    const codec = await loadJpeg2000Wasm();
    expect(() => codec.decode(Uint8Array.of(1, 2, 3))).toThrow(MdsError);
    const broken = codec.encode({ width: 8, height: 8, components: 1, pixels: random(64) });
    expect(() => codec.decode(broken.subarray(0, 100))).toThrow(MdsError);
    expect(() => codec.encode({ width: 9, height: 8, components: 1, pixels: random(64) })).toThrow(
      MdsError,
    );
    expect(jpeg2000Over).toBeTypeOf("function");
  });
});

describe("what the simulator draws", () => {
  test.each(["finger", "iris", "face"] as const)(
    "%s: the record says what the image is, and the image decodes",
    async (modality) => {
      const codec = await loadJpeg2000Wasm();
      const { record, image } = await sampleOf(modality, codec);
      const [found] = imagesOf(record, modality);
      expect(found).toMatchObject({ modality, header: { format: "jp2" } });
      expect(found!.stated).toMatchObject({
        width: found!.header.width,
        height: found!.header.height,
      });
      const decoded = codec.decode(found!.image);
      expect([decoded.width, decoded.height]).toEqual([found!.header.width, found!.header.height]);
      expect(decoded.lossless).toBe(true);
      expect(Buffer.compare(image, found!.image)).toBe(0);
      expect(decoded.components).toBe(modality === "face" ? 3 : 1);
    },
  );

  test.each(["finger", "iris", "face"] as const)("%s without the codec too", async (modality) => {
    const { record, image } = await sampleOf(modality);
    expect(() => decodeRecord(record)).not.toThrow();
    expect(readImageHeader(image).format).toBe("jpeg");
    expect(jpegJs.decode(image).width).toBe(readImageHeader(image).width);
  });

  test("is different each time, and the same for the same seed", () => {
    const seeded = (seed: number) => drawingNumbers(() => Uint8Array.of(seed, 0, 0, 0));
    for (const draw of [drawIris, drawFace, (next: () => number) => drawFinger(next).image]) {
      const [first, again, other] = [1, 1, 2].map((seed) => draw(seeded(seed)).pixels);
      expect(Buffer.compare(first!, again!)).toBe(0);
      expect(Buffer.compare(first!, other!)).not.toBe(0);
    }
  });

  test("a finger has at least twelve minutiae, in the image and at most one a place", async () => {
    const { minutiae } = await sampleOf("finger");
    const record = decodeRecord(minutiae!);
    const found = record.kind === "minutiae" ? record.record.representations[0]!.minutiae : [];
    expect(found.length).toBeGreaterThanOrEqual(12);
    expect(new Set(found.map(({ x, y }) => `${x},${y}`)).size).toBeGreaterThan(10);
  });
});
