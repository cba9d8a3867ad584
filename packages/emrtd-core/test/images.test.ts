import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  biometricImages,
  biometricRecords,
  detectImageFormat,
  readImageInfo,
  trimImage,
} from "../src/biometrics/index.js";
import { concatBytes, fromHex } from "../src/bytes.js";
import { PORTRAIT_SIZE, portraitDg2, portraitImage } from "../src/chip/portrait.js";
import { EmrtdError } from "../src/errors.js";
import {
  encodePng,
  type LoadOpenJpeg,
  loadJpeg2000,
  type Pixels,
  toDisplayable,
} from "../src/images.js";
import { decodeDg2 } from "../src/lds/index.js";
import { decodesOrRefuses } from "./support/fuzz.js";

const codeOf = async (action: () => unknown): Promise<string | undefined> => {
  try {
    await action();
  } catch (error) {
    return error instanceof EmrtdError ? error.code : String(error);
  }
  return undefined;
};

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(lossless: boolean, layers: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

/** The encoder that the codec's package ships beside its decoder: images made on the spot. */
const encodeJ2k = async (pixels: Pixels, depth = 8): Promise<Uint8Array> => {
  const load = createRequire(import.meta.url)("@cornerstonejs/codec-openjpeg/wasmjs");
  const codec: { J2KEncoder: new () => Encoder } = await load({ print() {}, printErr() {} });
  const encoder = new codec.J2KEncoder();
  try {
    encoder
      .getDecodedBuffer({
        width: pixels.width,
        height: pixels.height,
        bitsPerSample: depth,
        componentCount: pixels.channels,
        isSigned: false,
        isUsingColorTransform: pixels.channels === 3,
      })
      .set(pixels.data);
    encoder.setQuality(true, 1);
    encoder.encode();
    return Uint8Array.from(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
};

const gradient = (width: number, height: number, channels: Pixels["channels"]): Pixels => ({
  width,
  height,
  channels,
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7) % 256),
});

/** What a PNG shows, by node's own zlib. */
const readPng = (png: Uint8Array): { header: Uint8Array; rows: Uint8Array } => {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks: Record<string, Uint8Array> = {};
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    chunks[type] = png.subarray(at + 8, at + 8 + length);
    at += length + 12;
  }
  return { header: chunks["IHDR"]!, rows: inflateSync(chunks["IDAT"]!) };
};

describe("image formats", () => {
  const jpeg = portraitImage("JPEG");
  const jp2 = portraitImage("JPEG 2000");

  test("are told by content, with their size", () => {
    expect(readImageInfo(jpeg)).toEqual({
      format: "JPEG",
      mediaType: "image/jpeg",
      ...PORTRAIT_SIZE,
    });
    expect(readImageInfo(jp2)).toEqual({ format: "JP2", mediaType: "image/jp2", ...PORTRAIT_SIZE });
    const codestream = jp2.subarray(85);
    expect(readImageInfo(codestream)).toMatchObject({ format: "J2K", ...PORTRAIT_SIZE });
    const png = encodePng(gradient(5, 3, 1));
    expect(readImageInfo(png)).toMatchObject({ format: "PNG", width: 5, height: 3 });
    const wsq = fromHex("ffa0 ffa40005000102 ffa2000b 00ff 0140 00f0 000000 0000");
    expect(readImageInfo(wsq)).toMatchObject({ format: "WSQ", width: 240, height: 320 });
    expect(detectImageFormat(fromHex("47494638"))).toBeUndefined();
  });

  test("padding after the end is cut off, other bytes are left", () => {
    for (const image of [jpeg, jp2]) {
      expect(trimImage(concatBytes(image, new Uint8Array(9)))).toEqual(image);
      expect(trimImage(concatBytes(image, new Uint8Array(9).fill(0xff)))).toEqual(image);
      const followed = concatBytes(image, fromHex("0001"));
      expect(trimImage(followed)).toEqual(followed);
    }
  });

  test("a header of any bytes is read or refused", () => {
    decodesOrRefuses(
      readImageInfo,
      fc.constantFrom(jpeg.subarray(0, 700), jp2.subarray(0, 200), jp2.subarray(85, 300)),
    );
  });
});

describe("PNG", () => {
  test.each([1, 3, 4] as const)("of %i channels holds the pixels row by row", (channels) => {
    const pixels = gradient(300, 100, channels);
    const { header, rows } = readPng(encodePng(pixels));
    expect(header).toEqual(
      fromHex(`0000012c00000064 08 0${{ 1: 0, 3: 2, 4: 6 }[channels]} 000000`),
    );
    const stride = 300 * channels;
    for (let y = 0; y < 100; y++) {
      const row = rows.subarray(y * (stride + 1), (y + 1) * (stride + 1));
      expect(row[0]).toBe(0);
      expect(Uint8Array.from(row.subarray(1))).toEqual(
        pixels.data.subarray(y * stride, (y + 1) * stride),
      );
    }
  });

  test("carries the check sums of the standard", () => {
    // The end chunk is the same in every PNG.
    expect(encodePng(gradient(1, 1, 1)).subarray(-12)).toEqual(fromHex("0000000049454e44ae426082"));
  });
});

describe("JPEG 2000", () => {
  test.each([1, 3] as const)(
    "without loss gives back the pixels (%i channels)",
    async (channels) => {
      const decode = await loadJpeg2000();
      const pixels = gradient(67, 41, channels);
      expect(decode(await encodeJ2k(pixels))).toEqual(pixels);
    },
  );

  test("samples of sixteen bits keep their range in eight", async () => {
    const decode = await loadJpeg2000();
    const [width, height] = [64, 64];
    const samples = Uint16Array.from({ length: width * height }, (_, i) => (i % 256) * 257);
    const data = new Uint8Array(samples.buffer);
    const image = await encodeJ2k({ width, height, channels: 1, data }, 16);
    expect(decode(image).data).toEqual(
      Uint8Array.from({ length: width * height }, (_, i) => i % 256),
    );
  });

  test("says nothing on the console", async () => {
    const spies = (["log", "info", "warn", "error"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const decode = await loadJpeg2000();
    decode(portraitImage("JPEG 2000"));
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test("dimensions beyond the limits are refused before the codec sees the image", async () => {
    const load = vi.fn<LoadOpenJpeg>(async () => ({
      J2KDecoder: class {
        constructor() {
          throw new Error("decoded");
        }
        getEncodedBuffer = () => new Uint8Array();
        getDecodedBuffer = () => new Uint8Array();
        decode() {}
        getFrameInfo = () => ({
          width: 0,
          height: 0,
          bitsPerSample: 8,
          componentCount: 1,
          isSigned: false,
        });
        delete() {}
      },
    }));
    const decode = await loadJpeg2000({ load });
    const altered = (offset: number, hex: string) => {
      const image = Uint8Array.from(portraitImage("JPEG 2000").subarray(85));
      image.set(fromHex(hex), offset);
      return codeOf(() => decode(image));
    };
    expect(await altered(8, "00100000 00100000")).toBe("IMAGE_LIMIT");
    expect(await altered(24, "00000001 00000001")).toBe("IMAGE_LIMIT");
    expect(await altered(42, "25")).toBe("IMAGE_LIMIT");
  });

  test("an image that is cut off or garbled is refused, and the next is decoded", async () => {
    const decode = await loadJpeg2000();
    const image = portraitImage("JPEG 2000");
    expect(await codeOf(() => decode(image.subarray(0, 300)))).toBe("IMAGE_INVALID");
    expect(await codeOf(() => decode(image.subarray(0, 60)))).toBe("IMAGE_INVALID");
    expect(await codeOf(() => decode(new Uint8Array(100)))).toBe("IMAGE_INVALID");
    expect(decode(image)).toMatchObject({ ...PORTRAIT_SIZE, channels: 3 });
  });

  test("any image is decoded or refused, and the codec goes on", async () => {
    const decode = await loadJpeg2000();
    const image = portraitImage("JPEG 2000");
    decodesOrRefuses(decode, fc.constant(image), 500);
    expect(decode(image)).toMatchObject(PORTRAIT_SIZE);
  });

  test("a codec that does not start is our error, not its own", async () => {
    const load = () => Promise.reject(new Error("no such file"));
    expect(await codeOf(() => loadJpeg2000({ load }))).toBe("IMAGE_CODEC");
  });
});

describe("portrait of the profiles", () => {
  test.each(["JPEG", "JPEG 2000"] as const)("%s lies in DG2 as the standard asks", (format) => {
    const dg2 = decodeDg2(portraitDg2(format));
    const [record] = biometricRecords(dg2);
    expect(record).toMatchObject({ standard: "19794-5", findings: [] });
    expect(biometricImages(dg2)).toEqual([portraitImage(format)]);
    expect(portraitImage(format).length).toBeLessThan(6_000);
  });

  test("shows a face: skin in the middle, dark hair above, a light wall beside", async () => {
    const { width, data } = (await loadJpeg2000())(portraitImage("JPEG 2000"));
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3).subarray(0, 3)];
    const near = (found: number[], wanted: number[]) =>
      found.every((value, i) => Math.abs(value - wanted[i]!) < 16);
    expect(near(at(60, 140), [232, 190, 160])).toBe(true);
    expect(near(at(90, 50), [74, 52, 40])).toBe(true);
    expect(near(at(10, 10), [214, 222, 230])).toBe(true);
  });
});

describe("what a browser shows", () => {
  test("JPEG and PNG as they are, JPEG 2000 as PNG, nothing else", async () => {
    const jpeg = portraitImage("JPEG");
    expect(toDisplayable(jpeg)).toEqual({ mediaType: "image/jpeg", bytes: jpeg });
    const shown = toDisplayable(portraitImage("JPEG 2000"), await loadJpeg2000());
    expect(shown.mediaType).toBe("image/png");
    expect(readImageInfo(shown.bytes)).toMatchObject({ format: "PNG", ...PORTRAIT_SIZE });
    expect(await codeOf(() => toDisplayable(portraitImage("JPEG 2000")))).toBe("IMAGE_CODEC");
    expect(await codeOf(() => toDisplayable(fromHex("ffa0ffa4")))).toBe("IMAGE_CODEC");
    expect(await codeOf(() => toDisplayable(fromHex("00")))).toBe("IMAGE_INVALID");
  });
});
