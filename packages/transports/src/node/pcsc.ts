import { type ApduTransport, type CardInfo, checkLength } from "../apdu-transport.js";
import { createCardSlot } from "../card-slot.js";
import { type Clock, systemClock } from "../clock.js";
import { TransportError } from "../errors.js";
import { createExchangeGate } from "../exchange.js";
import { sameBytes } from "../hex.js";
import {
  loadBinding,
  type PcscBinding,
  type PcscBindingSource,
  pcscError,
} from "./pcsc-binding.js";
import {
  cardIsGone,
  connectCard,
  holdsCard,
  listReaders,
  openContext,
  type PcscConnection,
  selectReaders,
  waitForCardIn,
} from "./pcsc-reader.js";
import { watchReader } from "./pcsc-watch.js";

export type { PcscBinding, PcscBindingSource } from "./pcsc-binding.js";

export interface PcscOptions {
  /** The npm package `smartcard`, or what loads it: `() => import("smartcard")`. */
  readonly binding: PcscBindingSource;
  /** Name, part of a name, or number in the list. Default: the first reader that has a card. */
  readonly reader?: string | number;
  /** Keeps other programs from the card. Default false: shared. */
  readonly exclusive?: boolean;
  /** Waits for a card, as long as `signal` lets it. Default false: `CARD_ABSENT`. */
  readonly waitForCard?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/** A card in a reader of this machine. */
export interface PcscTransport extends ApduTransport {
  /** Name of the reader. */
  readonly reader: string;
}

/** Extended response data, 65,536 bytes, and the status word (ISO/IEC 7816-3, 12.1.3). */
const MAX_RESPONSE = 65_538;

/** A header alone, and a header, 65,535 bytes of data and both lengths in extended form. */
const MIN_COMMAND = 4;
const MAX_COMMAND = 65_544;

/** A status word. Less is what some drivers give for a card that was pulled. */
const MIN_RESPONSE = 2;
const NO_STATUS_WORD = "expected an answer with a status word, found less";

/** How long `close` waits for a card that is still at work. */
const CLOSE_MS = 2_000;

/**
 * Opens a card by PC/SC. A card that was taken away and laid again is connected to by the next
 * exchange; its old session is lost. The reader is watched only while someone listens by `onCard`.
 *
 * @throws TransportError `PCSC_BINDING_MISSING`, `PCSC_NO_SERVICE`, `PCSC_NO_READER`, `CARD_ABSENT`,
 * `PCSC_SHARING`, `TRANSPORT_ABORTED`; from `transceive` also `CARD_REMOVED`, `CARD_RESET`.
 */
export const openPcsc = async (options: PcscOptions): Promise<PcscTransport> => {
  const binding = await loadBinding(options.binding);
  const reader = await findReader(binding, options);
  const first = await connectCard(binding, reader, options.exclusive ?? false);
  return pcscTransport(binding, reader, first, options);
};

/**
 * The readers of this machine, in the order of their numbers.
 *
 * @throws TransportError `PCSC_BINDING_MISSING`, `PCSC_NO_SERVICE`.
 */
export const listPcscReaders = async (
  options: Pick<PcscOptions, "binding">,
): Promise<readonly { readonly name: string; readonly card: boolean }[]> => {
  const context = openContext(await loadBinding(options.binding));
  try {
    return listReaders(context).map((reader) => ({ name: reader.name, card: holdsCard(reader) }));
  } finally {
    context.close();
  }
};

const findReader = async (binding: PcscBinding, options: PcscOptions): Promise<string> => {
  const context = openContext(binding);
  try {
    const readers = selectReaders(listReaders(context), options.reader);
    if (options.waitForCard) return await waitForCardIn(context, readers, options.signal);
    const found = readers.find(holdsCard);
    if (found) return found.name;
    const names = readers.map(({ name }) => name).join(", ");
    throw new TransportError("CARD_ABSENT", `expected a card, found none in ${names}`);
  } finally {
    context.close();
  }
};

const pcscTransport = (
  binding: PcscBinding,
  reader: string,
  first: PcscConnection,
  options: PcscOptions,
): PcscTransport => {
  const clock = options.clock ?? systemClock;
  const gate = createExchangeGate("reader");
  const slot = createCardSlot();
  let connection: PcscConnection | undefined = first;
  let running: Promise<unknown> | undefined;
  let watch: { stop(): void } | undefined;

  const showCard = (card: CardInfo | undefined) => {
    const same = card && slot.card && sameBytes(card.atr, slot.card.atr);
    if (!gate.closed && !same) slot.set(card);
  };
  const showConnected = () => showCard({ atr: new Uint8Array(connection?.card.atr ?? []) });
  showConnected();

  const disconnect = () => {
    connection?.release();
    connection = undefined;
  };
  /** A connection to a card that has left is of no use to the next; one in use fails by itself. */
  const noticeCard = (card: CardInfo | undefined) => {
    if (!card && !running) disconnect();
    showCard(card);
  };
  const exchange = async (command: Uint8Array): Promise<Uint8Array> => {
    checkLength("a command", command.length, MIN_COMMAND, MAX_COMMAND);
    if (!connection) {
      connection = await connectCard(binding, reader, options.exclusive ?? false);
      if (!slot.card) showConnected();
    }
    try {
      const answer = await connection.card.transmit(Buffer.from(command), {
        maxRecvLength: MAX_RESPONSE,
      });
      if (answer.length < MIN_RESPONSE) throw new TransportError("CARD_FAILED", NO_STATUS_WORD);
      return new Uint8Array(answer.buffer, answer.byteOffset, answer.byteLength);
    } catch (cause) {
      disconnect();
      const error = await exchangeError(cause);
      if (error.code === "CARD_REMOVED") showCard(undefined);
      throw error;
    }
  };
  const exchangeError = async (cause: unknown): Promise<TransportError> => {
    const error = pcscError(cause, "exchanging with the card");
    const gone =
      error.code === "CARD_ABSENT" ||
      (error.code === "CARD_FAILED" && (await cardIsGone(binding, reader)));
    return gone ? new TransportError("CARD_REMOVED", error.message, { cause }) : error;
  };

  return {
    reader,
    get card() {
      return slot.card;
    },
    get closed() {
      return gate.closed;
    },
    onCard(listener) {
      const unsubscribe = slot.onCard(listener);
      if (!gate.closed) watch ??= watchReader(binding, reader, clock, noticeCard);
      return () => {
        unsubscribe();
        if (slot.listeners > 0) return;
        watch?.stop();
        watch = undefined;
      };
    },
    transceive: (command, { signal } = {}) =>
      gate.run(signal, () => {
        const work = exchange(command);
        const done = () => {
          running = undefined;
        };
        running = work.then(done, done);
        return work;
      }),
    async close() {
      if (!gate.close()) return;
      watch?.stop();
      slot.end();
      // A connection in use cannot be given back; one that is never answered is given back later.
      const released = Promise.resolve(running).then(disconnect);
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(CLOSE_MS, resolve);
        void released.then(() => {
          cancel();
          resolve();
        });
      });
    },
  };
};
