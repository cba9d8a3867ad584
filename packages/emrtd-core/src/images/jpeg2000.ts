import {
  findCodestream,
  type Jpeg2000Size,
  readJpeg2000Size,
} from "../biometrics/jpeg2000-header.js";
import { EmrtdError } from "../errors.js";
import type { LoadOpenJpeg, OpenJpeg, OpenJpegOptions } from "./openjpeg.js";
import type { Pixels } from "./pixels.js";

/** What an image may be at most. Checked in its header, before anything is decoded. */
export const IMAGE_LIMITS = {
  /** Width times height. */
  pixels: 16 * 1024 * 1024,
  components: 4,
  /** Bits a component. */
  depth: 16,
  /** A tile costs memory whatever its size. */
  tiles: 4096,
  /** Bytes of the encoded image. */
  size: 16 * 1024 * 1024,
} as const;

/** Decodes JPEG 2000 images, JP2 files and bare codestreams. */
export type Jpeg2000Decoder = (image: Uint8Array) => Pixels;

/** The codec's own options, without the ones that say where its lines go: nowhere. */
export type Jpeg2000Options = Omit<OpenJpegOptions, "print" | "printErr"> & {
  /** The default export of `@cornerstonejs/codec-openjpeg/decodewasmjs`, where it is loaded otherwise. */
  readonly load?: LoadOpenJpeg;
};

/**
 * Loads the decoder of the optional peer `@cornerstonejs/codec-openjpeg`.
 *
 * In Node it finds its WebAssembly file itself; a bundler for browsers hands over where it put that
 * file with `locateFile`.
 *
 * @throws EmrtdError `IMAGE_CODEC` where the peer is not installed or does not start.
 */
export const loadJpeg2000 = async ({
  load,
  ...options
}: Jpeg2000Options = {}): Promise<Jpeg2000Decoder> => {
  const silent = () => {};
  try {
    const start = load ?? (await import("@cornerstonejs/codec-openjpeg/decodewasmjs")).default;
    const codec = await (start as LoadOpenJpeg)({ ...options, print: silent, printErr: silent });
    return (image) => decode(codec, image);
  } catch (cause) {
    throw new EmrtdError(
      "IMAGE_CODEC",
      "expected the package @cornerstonejs/codec-openjpeg for JPEG 2000, found that it does not load",
      { cause },
    );
  }
};

const decode = (codec: OpenJpeg, image: Uint8Array): Pixels => {
  const size = checkLimits(image);
  const decoder = new codec.J2KDecoder();
  try {
    decoder.getEncodedBuffer(image.length).set(image);
    decoder.decode();
    const frame = decoder.getFrameInfo();
    const channels = frame.componentCount;
    // The codec does not throw: an image that failed has no size.
    const sized = frame.width === size.width && frame.height === size.height;
    if (!sized || frame.isSigned || !isChannels(channels)) throw failed();
    const samples = decoder.getDecodedBuffer();
    const data = toEightBits(samples, frame.bitsPerSample);
    if (data.length !== frame.width * frame.height * channels) throw failed();
    return { width: frame.width, height: frame.height, channels, data };
  } catch (cause) {
    throw cause instanceof EmrtdError ? cause : failed(cause);
  } finally {
    decoder.delete();
  }
};

const isChannels = (count: number): count is Pixels["channels"] => [1, 3, 4].includes(count);

const failed = (cause?: unknown): EmrtdError =>
  new EmrtdError("IMAGE_INVALID", "expected a JPEG 2000 image, found one that cannot be decoded", {
    cause,
  });

/** @throws EmrtdError `IMAGE_LIMIT` where the header states more than we decode. */
const checkLimits = (image: Uint8Array): Jpeg2000Size => {
  const size = readSize(image);
  const facts = {
    pixels: size.width * size.height,
    components: size.components,
    depth: Math.max(...size.depths),
    tiles: size.tiles,
    size: image.length,
  };
  for (const [name, limit] of Object.entries(IMAGE_LIMITS)) {
    const found = facts[name as keyof typeof facts];
    if (!(found <= limit)) {
      throw new EmrtdError("IMAGE_LIMIT", `expected at most ${limit} ${name}, found ${found}`);
    }
  }
  return size;
};

const readSize = (image: Uint8Array): Jpeg2000Size => {
  try {
    return readJpeg2000Size(findCodestream(image));
  } catch (cause) {
    throw failed(cause);
  }
};

/** Samples of up to 16 bits, little-endian above eight, to eight bits each, the full range kept. */
const toEightBits = (samples: Uint8Array, depth: number): Uint8Array => {
  if (depth === 8) return Uint8Array.from(samples);
  const wide = depth > 8;
  const range = 2 ** depth - 1;
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  return Uint8Array.from({ length: samples.length >> (wide ? 1 : 0) }, (_, i) =>
    Math.floor(((wide ? view.getUint16(2 * i, true) : view.getUint8(i)) * 255) / range),
  );
};
