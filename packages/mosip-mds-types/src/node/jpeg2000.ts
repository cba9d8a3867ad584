import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Jpeg2000Codec, jpeg2000Over, type OpenJpegLike } from "../images.js";

type Factory = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<OpenJpegLike>;

/** Loads the codec in WebAssembly from the optional peer `@cornerstonejs/codec-openjpeg`. */
export const loadJpeg2000Wasm = async (): Promise<Jpeg2000Codec> => {
  const require = createRequire(import.meta.url);
  const factory = require("@cornerstonejs/codec-openjpeg/wasmjs") as Factory;
  const wasmBinary = await readFile(require.resolve("@cornerstonejs/codec-openjpeg/wasm"));
  const silent = (): void => undefined;
  return jpeg2000Over(await factory({ wasmBinary, print: silent, printErr: silent }));
};
