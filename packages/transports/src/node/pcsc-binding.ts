import { TransportError, type TransportErrorCode } from "../errors.js";

/**
 * The part of the npm package `smartcard` (3.7) that is used here, as its own declarations have it. It
 * is handed in, so that nothing native is loaded, or needed, by whoever reads no card through PC/SC.
 */
export interface PcscBinding {
  readonly Context: new () => PcscContext;
}

export interface PcscContext {
  listReaders(): PcscReaderHandle[];
  /** Resolves with null when cancelled and with an empty list after `timeout` ms. */
  waitForChange(
    readers: readonly PcscReaderState[],
    timeout: number,
  ): Promise<PcscReaderState[] | null>;
  /** Ends a `waitForChange` that has begun. */
  cancel(): void;
  close(): void;
}

export interface PcscReaderState {
  readonly name: string;
  readonly state: number;
  readonly atr: Uint8Array | null;
}

export interface PcscReaderHandle extends PcscReaderState {
  connect(shareMode: number, protocol: number): Promise<PcscCard>;
}

export interface PcscCard {
  readonly atr: Uint8Array | null;
  transmit(command: Buffer, options: { maxRecvLength: number }): Promise<Uint8Array>;
  disconnect(disposition: number): void;
}

/** Values of winscard.h. */
export const SCARD = {
  SHARE_EXCLUSIVE: 1,
  SHARE_SHARED: 2,
  PROTOCOL_ANY: 3,
  LEAVE_CARD: 0,
  STATE_CHANGED: 0x2,
  STATE_PRESENT: 0x20,
} as const;

/** The binding itself, or what loads it, say `() => import("smartcard")`. */
export type PcscBindingSource = PcscBinding | (() => Promise<unknown>) | undefined;

const MISSING =
  'expected the npm package "smartcard" with its native part built (needs a compiler and the PC/SC library)';

/** @throws TransportError `PCSC_BINDING_MISSING` where it is not installed or was not built. */
export const loadBinding = async (source: PcscBindingSource): Promise<PcscBinding> => {
  let loaded: unknown = source;
  if (typeof source === "function") {
    try {
      loaded = await source();
    } catch (cause) {
      throw new TransportError("PCSC_BINDING_MISSING", MISSING, { cause });
    }
  }
  const found = [loaded, (loaded as { default?: unknown } | undefined)?.default].find(isBinding);
  if (!found) throw new TransportError("PCSC_BINDING_MISSING", MISSING);
  return found;
};

const isBinding = (value: unknown): value is PcscBinding =>
  typeof (value as { Context?: unknown } | null | undefined)?.Context === "function";

/** Texts of the binding that have a code of their own here. */
const CODES: Readonly<Record<string, TransportErrorCode>> = {
  "PC/SC service not running": "PCSC_NO_SERVICE",
  "PC/SC service stopped": "PCSC_NO_SERVICE",
  "No readers available": "PCSC_NO_READER",
  "Unknown reader": "PCSC_NO_READER",
  "Reader unavailable": "PCSC_NO_READER",
  "Sharing violation": "PCSC_SHARING",
  "No smart card present": "CARD_ABSENT",
  "Card was removed": "CARD_REMOVED",
  "Card was reset": "CARD_RESET",
  "Card is unpowered": "CARD_FAILED",
  "Card is unresponsive": "CARD_FAILED",
  "Card is not supported": "CARD_FAILED",
  "Protocol mismatch": "CARD_FAILED",
  "Transaction failed": "CARD_FAILED",
  "Communication error": "CARD_FAILED",
  "Invalid handle": "CARD_FAILED",
};

/**
 * The binding throws plain errors, whose texts are its own names for the codes of winscard.h: the
 * text is all there is to tell one from another.
 */
export const pcscError = (cause: unknown, doing: string): TransportError => {
  if (cause instanceof TransportError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = Object.hasOwn(CODES, text) ? CODES[text]! : "PCSC_FAILED";
  return new TransportError(code, `while ${doing}, PC/SC says: ${text}`, { cause });
};
