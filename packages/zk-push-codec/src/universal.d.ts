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
declare interface AbortSignal {
  readonly aborted: boolean;
}
