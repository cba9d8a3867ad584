import { createServer, type Socket } from "node:net";
import { type ApduTransport, type CardInfo, checkLength } from "../apdu-transport.js";
import { createCardSlot } from "../card-slot.js";
import { type Clock, systemClock } from "../clock.js";
import { TransportError } from "../errors.js";
import { createExchangeGate } from "../exchange.js";
import {
  createVpcdDecoder,
  encodeVpcdFrame,
  VPCD_BODY_BYTES,
  VPCD_CONTROL,
  VPCD_PORT,
} from "../vpcd/frame.js";
import { closeServer, listen } from "./listen.js";

export interface VpcdReaderOptions {
  /** Where virtual cards dial in; default 127.0.0.1, port 35963; port 0 takes a free one. */
  readonly host?: string;
  readonly port?: number;
  /** Longest response that is taken; default 65,535 bytes. */
  readonly maxResponse?: number;
  /** Milliseconds that a card has for its answer to reset; default 5,000. */
  readonly atrMs?: number;
  /** Told why a connection was dropped that did not keep to the protocol. */
  readonly onFault?: (error: TransportError) => void;
  readonly clock?: Clock;
}

/** A reader for virtual cards. It holds one card; a second is turned away. */
export interface VpcdReader extends ApduTransport {
  readonly host: string;
  readonly port: number;
  /** Resets the card, which forgets its session; resolves with its answer to reset. */
  reset(options?: { readonly signal?: AbortSignal | undefined }): Promise<CardInfo>;
}

/** A body of one byte is a control, so the shortest command has two. */
const COMMAND_BYTES = 2;

/** Longest answer to reset that PC/SC has room for. */
const ATR_BYTES = 33;

/**
 * Listens as the reader of the virtual smart card protocol: no PC/SC service is needed. A card that
 * goes away can come back, and is read on with the same transport.
 *
 * @throws TransportError `LISTEN_FAILED`, `OPTION_INVALID`.
 */
export const openVpcdReader = async (options: VpcdReaderOptions = {}): Promise<VpcdReader> => {
  const { host = "127.0.0.1", port = VPCD_PORT } = options;
  const clock = options.clock ?? systemClock;
  const gate = createExchangeGate("reader");
  const slot = createCardSlot();
  let line: CardLine | undefined;

  const server = createServer({ noDelay: true }, (socket) => {
    if (line || gate.closed) {
      socket.destroy();
      return;
    }
    const taken = openCardLine(socket, options.maxResponse ?? VPCD_BODY_BYTES, (error) => {
      line = undefined;
      slot.set(undefined);
      if (error.code !== "CARD_REMOVED") options.onFault?.(error);
    });
    line = taken;
    const cancelTimer = clock.schedule(options.atrMs ?? 5_000, () =>
      taken.drop(
        new TransportError("CARD_FAILED", "expected an answer to reset, found none in time"),
      ),
    );
    taken.control(VPCD_CONTROL.powerOn);
    taken
      .ask(Uint8Array.of(VPCD_CONTROL.atr))
      .then((atr) => slot.set({ atr: checkAtr(atr, taken) }))
      .catch(() => {
        // The line has ended and said so.
      })
      .finally(cancelTimer);
  });
  const listening = await listen(server, { host, port });

  const present = (): CardLine => {
    if (line && slot.card) return line;
    throw new TransportError("CARD_ABSENT", "expected a card in the reader, found none");
  };

  return {
    host,
    port: listening,
    get card() {
      return slot.card;
    },
    get closed() {
      return gate.closed;
    },
    onCard: slot.onCard,
    transceive: (command, { signal } = {}) =>
      gate.run(signal, async () => {
        checkLength("a command", command.length, COMMAND_BYTES, VPCD_BODY_BYTES);
        return present().ask(command);
      }),
    async reset({ signal } = {}) {
      const atr = await gate.run(signal, async () => {
        const card = present();
        card.control(VPCD_CONTROL.reset);
        return checkAtr(await card.ask(Uint8Array.of(VPCD_CONTROL.atr)), card);
      });
      return { atr };
    },
    async close() {
      if (!gate.close()) return;
      line?.control(VPCD_CONTROL.powerOff);
      line?.drop(new TransportError("CARD_REMOVED", "the reader was closed"));
      slot.end();
      await closeServer(server);
    },
  };
};

const checkAtr = (atr: Uint8Array, line: CardLine): Uint8Array => {
  if (atr.length <= ATR_BYTES) return atr;
  const error = new TransportError(
    "FRAME_INVALID",
    `expected an answer to reset of at most ${ATR_BYTES} bytes, found ${atr.length}`,
    { limit: ATR_BYTES },
  );
  line.drop(error);
  throw error;
};

/** The connection of one card: a question at a time, and nothing unasked. */
interface CardLine {
  /** Sends a body and waits for the one that answers it. */
  ask(body: Uint8Array): Promise<Uint8Array>;
  /** Sends a control that has no answer. */
  control(control: number): void;
  drop(error: TransportError): void;
}

const openCardLine = (
  socket: Socket,
  maxBody: number,
  onEnd: (error: TransportError) => void,
): CardLine => {
  const decoder = createVpcdDecoder({ maxBody });
  let owed: { resolve(body: Uint8Array): void; reject(error: TransportError): void } | undefined;
  let ended: TransportError | undefined;

  const drop = (error: TransportError) => {
    if (ended) return;
    ended = error;
    socket.destroy();
    onEnd(error);
    owed?.reject(error);
  };
  const take = (body: Uint8Array) => {
    if (!owed) {
      drop(
        new TransportError("FRAME_UNEXPECTED", "expected a silent card, found an answer unasked"),
      );
      return;
    }
    owed.resolve(body);
    owed = undefined;
  };
  socket.on("data", (bytes) => {
    if (ended) return;
    try {
      for (const body of decoder.push(bytes)) take(body);
    } catch (error) {
      drop(error as TransportError);
    }
  });
  const left = (cause?: Error) =>
    drop(new TransportError("CARD_REMOVED", "the card went away", { cause }));
  socket.on("error", left);
  socket.on("close", () => left());

  return {
    ask: (body) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        owed = { resolve, reject };
        socket.write(encodeVpcdFrame(body));
      }),
    control: (control) => void socket.write(encodeVpcdFrame(Uint8Array.of(control))),
    drop,
  };
};
