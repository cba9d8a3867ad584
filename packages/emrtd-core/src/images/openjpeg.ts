/** What is used of `@cornerstonejs/codec-openjpeg/decodewasmjs`. */
export interface OpenJpeg {
  readonly J2KDecoder: new () => J2KDecoder;
}

export interface J2KDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

export interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

export interface OpenJpegOptions {
  /** Where its lines go. */
  readonly print?: (line: string) => void;
  readonly printErr?: (line: string) => void;
  /** Address of the WebAssembly file, where it does not lie beside the module. */
  readonly locateFile?: (file: string, folder: string) => string;
  readonly wasmBinary?: ArrayBuffer | Uint8Array;
}

/** The default export of the module. */
export type LoadOpenJpeg = (options?: OpenJpegOptions) => Promise<OpenJpeg>;
