import type { ApduTransport, CardInfo, CardReceive } from "../apdu-transport.js";
import { createCardSlot } from "../card-slot.js";
import { asTransportError, TransportError } from "../errors.js";
import { createExchangeGate } from "../exchange.js";

export interface MemoryTransportOptions {
  /** Answer to reset of the first card; default {@link DEFAULT_ATR}. */
  readonly atr?: Uint8Array;
}

/** A reader without a reader: the card can be taken away and laid again. */
export interface MemoryTransport extends ApduTransport {
  /** Lays a card, the same as before unless another is given. */
  insert(card?: CardReceive, atr?: Uint8Array): void;
  /** Takes the card away: a running exchange ends with `CARD_REMOVED`. */
  remove(): void;
}

/** The shortest answer to reset of a contactless card: T=0 and T=1, no historical bytes. */
export const DEFAULT_ATR: Uint8Array = /* @__PURE__ */ Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01);

/**
 * Joins a virtual card to whoever wants to read one, in one process. What the card throws comes out
 * as `CARD_FAILED` with the card's own error as the cause.
 */
export const createMemoryTransport = (
  receive: CardReceive,
  options: MemoryTransportOptions = {},
): MemoryTransport => {
  const gate = createExchangeGate("transport");
  const slot = createCardSlot();
  let inserted = receive;
  let atr = options.atr ?? DEFAULT_ATR;
  let failRunning: ((error: TransportError) => void) | undefined;
  slot.set({ atr });

  const exchange = async (command: Uint8Array): Promise<Uint8Array> => {
    if (!slot.card) {
      throw new TransportError("CARD_ABSENT", "expected a card in the reader, found none");
    }
    const removed = new Promise<never>((_, reject) => {
      failRunning = reject;
    });
    try {
      const answer = await Promise.race([inserted(new Uint8Array(command)), removed]);
      return new Uint8Array(answer);
    } catch (error) {
      throw asTransportError(error, "CARD_FAILED", "expected an answer, the card threw an error");
    } finally {
      failRunning = undefined;
    }
  };

  return {
    get card(): CardInfo | undefined {
      return slot.card;
    },
    get closed() {
      return gate.closed;
    },
    onCard: slot.onCard,
    transceive: (command, { signal } = {}) => gate.run(signal, () => exchange(command)),
    async close() {
      if (gate.close()) slot.end();
    },
    insert(next = inserted, nextAtr = atr) {
      if (gate.closed) return;
      inserted = next;
      atr = nextAtr;
      slot.set({ atr });
    },
    remove() {
      if (!gate.closed) slot.set(undefined);
      failRunning?.(new TransportError("CARD_REMOVED", "the card was taken from the reader"));
    },
  };
};
