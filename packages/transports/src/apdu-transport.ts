import { closedError, TransportError } from "./errors.js";
import { abortable } from "./signal.js";

/** A card that a reader holds now. */
export interface CardInfo {
  /** Answer to reset (ISO/IEC 7816-3), as the reader reports it. */
  readonly atr: Uint8Array;
}

/** Tells a subscription to end; calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * Carries command APDUs to a card and its response APDUs back (ISO/IEC 7816-4), and looks inside
 * neither. One exchange at a time.
 */
export interface ApduTransport {
  /**
   * Sends a command and waits for the answer, status word included.
   *
   * An abort ends the wait and not the exchange: the card still owes an answer, so the transport stays
   * `TRANSPORT_BUSY` until it came and was thrown away. It is never taken for the next one.
   *
   * @throws TransportError `TRANSPORT_BUSY`, `TRANSPORT_ABORTED`, `TRANSPORT_CLOSED`, `CARD_ABSENT`,
   * `CARD_REMOVED`, `FRAME_SIZE`.
   */
  transceive(command: Uint8Array, options?: TransceiveOptions): Promise<Uint8Array>;
  /** Ends a running exchange with `TRANSPORT_CLOSED` and gives everything back; may be called again. */
  close(): Promise<void>;
  /** The card that is there, as far as is known: some look only while someone listens by `onCard`. */
  readonly card: CardInfo | undefined;
  /** No card will come any more: it was closed, or its line has ended. */
  readonly closed: boolean;
  /**
   * Hears of each card that comes, of `undefined` when it goes, and once more of `undefined` at the
   * end. The listener must not throw.
   */
  onCard(listener: (card: CardInfo | undefined) => void): Unsubscribe;
}

export interface TransceiveOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * What answers commands: a virtual chip, a relay, a test. Returns the response APDU, status word
 * included. Called for one command at a time.
 */
export type CardReceive = (command: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/**
 * Waits until a card is there, and returns at once if one is.
 *
 * @throws TransportError `TRANSPORT_ABORTED` when the signal fires, `TRANSPORT_CLOSED` where no card
 * will come any more.
 */
export const waitForCard = (
  transport: ApduTransport,
  options: TransceiveOptions = {},
): Promise<CardInfo> => {
  let unsubscribe: Unsubscribe = () => {};
  return abortable<CardInfo>(options.signal, (resolve, reject) => {
    const look = () => {
      if (transport.card) resolve(transport.card);
      else if (transport.closed) reject(closedError("transport"));
    };
    unsubscribe = transport.onCard(look);
    look();
  }).finally(() => unsubscribe());
};

/** @throws TransportError `FRAME_SIZE` where the protocol cannot carry that many bytes. */
export const checkLength = (what: string, length: number, least: number, most: number): void => {
  if (length >= least && length <= most) return;
  throw new TransportError(
    "FRAME_SIZE",
    `expected ${what} of ${least} to ${most} bytes, found ${length}`,
    { limit: most },
  );
};
