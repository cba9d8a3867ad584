import factory from "@cornerstonejs/codec-openjpeg";
import { MdsError } from "./errors.js";
import { readImageHeader, wrapCodestream } from "./records/jp2.js";

/** An image in samples of 8 bits: grey, or red, green and blue by turns. */
export interface SampledImage {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly pixels: Uint8Array;
}

/** Largest image that is decoded, in samples. */
export const MAX_SAMPLES = 64 * 1024 * 1024;

/** JPEG 2000 as every version wants it: lossless, in a JP2 file. */
export interface Jpeg2000Codec {
  /** @throws MdsError `IMAGE_UNENCODABLE`. */
  encode(image: SampledImage): Uint8Array;
  /** A JP2 file or a bare codestream. @throws MdsError `IMAGE_MALFORMED`. */
  decode(bytes: Uint8Array): SampledImage & { readonly lossless: boolean };
}

/** What an OpenJPEG module of that package offers, whichever way it was loaded. */
export interface OpenJpegLike {
  readonly J2KEncoder: new () => {
    getDecodedBuffer(frame: FrameInfo): Uint8Array;
    setQuality(lossless: boolean, quality: number): void;
    setDecompositions(levels: number): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  };
  readonly J2KDecoder: new () => {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): FrameInfo;
    getIsReversible(): boolean;
    delete(): void;
  };
}

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

/** A codec over a module that is loaded already, such as the one in WebAssembly. */
export const jpeg2000Over = (module: OpenJpegLike): Jpeg2000Codec => ({
  encode: ({ width, height, components, pixels }) => {
    if (pixels.length !== width * height * components || pixels.length === 0) {
      throw new MdsError(
        "IMAGE_UNENCODABLE",
        `expected ${width} by ${height} by ${components} samples, found ${pixels.length}`,
      );
    }
    const encoder = new module.J2KEncoder();
    try {
      encoder
        .getDecodedBuffer({
          width,
          height,
          bitsPerSample: 8,
          componentCount: components,
          isSigned: false,
        })
        .set(pixels);
      encoder.setQuality(true, 0);
      // More levels than a side can be halved make the encoder fail.
      encoder.setDecompositions(Math.min(5, Math.floor(Math.log2(Math.min(width, height)))));
      encoder.encode();
      return wrapCodestream(new Uint8Array(encoder.getEncodedBuffer()));
    } catch (cause) {
      throw new MdsError("IMAGE_UNENCODABLE", "expected an image that encodes", { cause });
    } finally {
      encoder.delete();
    }
  },
  decode: (bytes) => {
    const { width, height, components, bitDepth, format } = readImageHeader(bytes);
    const known = (components === 1 || components === 3) && bitDepth === 8;
    if ((format !== "jp2" && format !== "j2k") || !known) {
      throw new MdsError("IMAGE_MALFORMED", "expected JPEG 2000 of 8 bits, grey or colour");
    }
    if (width * height * components > MAX_SAMPLES) {
      throw new MdsError("IMAGE_MALFORMED", `expected at most ${MAX_SAMPLES} samples`);
    }
    const decoder = new module.J2KDecoder();
    try {
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decode();
      const frame = decoder.getFrameInfo();
      return {
        width: frame.width,
        height: frame.height,
        components: frame.componentCount as 1 | 3,
        pixels: new Uint8Array(decoder.getDecodedBuffer()),
        lossless: decoder.getIsReversible(),
      };
    } catch (cause) {
      throw new MdsError("IMAGE_MALFORMED", "expected JPEG 2000 that decodes", { cause });
    } finally {
      decoder.delete();
    }
  },
});

/** Loads the codec in plain JavaScript. The first image is slow, later ones take some ten milliseconds. */
export const loadJpeg2000 = async (): Promise<Jpeg2000Codec> =>
  jpeg2000Over(await factory({ print: () => undefined, printErr: () => undefined }));
