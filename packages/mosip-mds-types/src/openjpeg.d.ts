/** The part of @cornerstonejs/codec-openjpeg that is used; the package brings no types. */
declare module "@cornerstonejs/codec-openjpeg" {
  interface FrameInfo {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  }
  interface J2KEncoder {
    getDecodedBuffer(frame: FrameInfo): Uint8Array;
    setQuality(lossless: boolean, quality: number): void;
    setDecompositions(levels: number): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }
  interface J2KDecoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): FrameInfo;
    getIsReversible(): boolean;
    delete(): void;
  }
  export interface OpenJpegModule {
    readonly J2KEncoder: new () => J2KEncoder;
    readonly J2KDecoder: new () => J2KDecoder;
  }
  interface ModuleOptions {
    readonly print?: (line: string) => void;
    readonly printErr?: (line: string) => void;
  }
  const factory: (options?: ModuleOptions) => Promise<OpenJpegModule>;
  export default factory;
}
