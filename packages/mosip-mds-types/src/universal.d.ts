/**
 * What every JavaScript platform has and the ES2022 library does not declare. Nothing else of a
 * platform may be used here: no Buffer, no process, no timers, no fetch.
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
declare class URL {
  constructor(url: string, base?: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly origin: string;
  readonly username: string;
  readonly password: string;
  readonly search: string;
}
declare interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

/** The part of the Web Cryptography API that signatures, hashes and encryption need. */
declare interface CryptoKey {
  readonly type: "public" | "private" | "secret";
  /** RSA keys say how long their modulus is, in bits. */
  readonly algorithm: { readonly name: string; readonly modulusLength?: number };
}
declare const crypto: {
  readonly subtle: {
    digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
    importKey(
      format: "raw" | "spki" | "pkcs8",
      data: Uint8Array,
      algorithm: object,
      extractable: boolean,
      usages: readonly string[],
    ): Promise<CryptoKey>;
    sign(algorithm: string | object, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    verify(
      algorithm: string | object,
      key: CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ): Promise<boolean>;
    encrypt(algorithm: object, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    decrypt(algorithm: object, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    generateKey(
      algorithm: object,
      extractable: boolean,
      usages: readonly string[],
    ): Promise<{ readonly publicKey: CryptoKey; readonly privateKey: CryptoKey }>;
    exportKey(format: "spki" | "pkcs8", key: CryptoKey): Promise<ArrayBuffer>;
  };
};
