import type { Socket } from "node:net";
import type { CardReceive } from "../apdu-transport.js";
import { type Clock, systemClock } from "../clock.js";
import { asTransportError, closedError, TransportError } from "../errors.js";
import { DEFAULT_ATR } from "../memory/memory-transport.js";
import { onAbort } from "../signal.js";
import { createVpcdDecoder, encodeVpcdFrame, VPCD_CONTROL, VPCD_PORT } from "../vpcd/frame.js";
import { dial } from "./dial.js";

export interface VpcdCardOptions {
  /** Where the reader listens; default 127.0.0.1, port 35963. */
  readonly host?: string;
  readonly port?: number;
  /** Answer to reset; default {@link DEFAULT_ATR}. */
  readonly atr?: Uint8Array;
  /** Told when the reader powers or resets the card: a card forgets its session then. */
  readonly onPower?: (power: "off" | "on" | "reset") => void;
  /** Told when a reader has taken the card, and when it has lost it. */
  readonly onReader?: (event: "found" | "lost") => void;
  /** Milliseconds in which a reader that is not there, or no longer, is dialled again; default 0. */
  readonly redialMs?: number;
  /** Takes the card away. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/** A virtual card that sits in a virtual reader. */
export interface VpcdCard {
  /** Resolves when the card is out for good: with the reason, or undefined where we took it out. */
  readonly closed: Promise<TransportError | undefined>;
  close(): Promise<void>;
}

/** Frames that may wait while the card thinks: a reader has one exchange and one poll at a time. */
const MAX_WAITING = 32;

/**
 * Lays a card into a virtual reader: dials in, and answers commands by `receive` until one side ends
 * it. Any PC/SC program then reads this card, where the reader is the vpcd driver of pcscd.
 *
 * An answer that no frame can hold, or a card that throws, ends the connection: `closed` says why
 * (`FRAME_SIZE`, `CARD_FAILED`). An answer is never cut.
 *
 * @throws TransportError `CONNECT_FAILED` where no reader was found in time, `TRANSPORT_ABORTED`.
 */
export const openVpcdCard = async (
  receive: CardReceive,
  options: VpcdCardOptions = {},
): Promise<VpcdCard> => {
  const { host = "127.0.0.1", port = VPCD_PORT, redialMs = 0 } = options;
  const taken = new AbortController();
  const stopListening = onAbort(options.signal, () => taken.abort(options.signal?.reason));
  const find = () =>
    dial({ host, port, redialMs, signal: taken.signal, clock: options.clock ?? systemClock });

  const serve = async (first: Socket): Promise<TransportError | undefined> => {
    for (let socket = first; ; ) {
      options.onReader?.("found");
      const end = await serveReader(socket, receive, options, taken.signal);
      options.onReader?.("lost");
      if (taken.signal.aborted) return undefined;
      // A reader that left may come back; one that we broke with would meet the same fault again.
      if (end.code !== "CONNECT_FAILED" || redialMs === 0) return end;
      try {
        socket = await find();
      } catch (error) {
        return taken.signal.aborted ? undefined : (error as TransportError);
      }
    }
  };

  let socket: Socket;
  try {
    socket = await find();
  } catch (error) {
    stopListening();
    throw error;
  }
  const closed = serve(socket).finally(stopListening);
  return {
    closed,
    async close() {
      taken.abort();
      await closed;
    },
  };
};

/** Serves one connection, and resolves with what ended it: `CONNECT_FAILED` where the reader left. */
const serveReader = (
  socket: Socket,
  receive: CardReceive,
  options: VpcdCardOptions,
  signal: AbortSignal,
): Promise<TransportError> =>
  new Promise((resolve) => {
    const decoder = createVpcdDecoder();
    const atr = options.atr ?? DEFAULT_ATR;
    const waiting: Uint8Array[] = [];
    let answering = false;
    let stopListening = () => {};

    const end = (error: TransportError) => {
      stopListening();
      waiting.length = 0;
      socket.destroy();
      resolve(error);
    };

    const reply = (body: Uint8Array) => {
      const frame = encodeVpcdFrame(body);
      if (!socket.destroyed) socket.write(frame);
    };
    const obey = (control: number) => {
      if (control === VPCD_CONTROL.atr) reply(atr);
      else if (control === VPCD_CONTROL.powerOff) options.onPower?.("off");
      else if (control === VPCD_CONTROL.powerOn) options.onPower?.("on");
      else if (control === VPCD_CONTROL.reset) options.onPower?.("reset");
      else {
        throw new TransportError(
          "FRAME_INVALID",
          `expected a control of 0, 1, 2 or 4, found ${control}`,
        );
      }
    };
    /** One frame after the other: a reset that came after a command is obeyed after its answer. */
    const answerAll = async () => {
      answering = true;
      try {
        for (let body = waiting.shift(); body; body = waiting.shift()) {
          if (body.length === 1) obey(body[0]!);
          else reply(await receive(body));
        }
      } catch (error) {
        end(asTransportError(error, "CARD_FAILED", "expected an answer, the card threw an error"));
      } finally {
        answering = false;
      }
    };

    socket.on("data", (bytes) => {
      try {
        waiting.push(...decoder.push(bytes));
      } catch (error) {
        end(error as TransportError);
        return;
      }
      if (waiting.length > MAX_WAITING) {
        end(
          new TransportError("FRAME_FLOOD", `expected at most ${MAX_WAITING} frames unanswered`, {
            limit: MAX_WAITING,
          }),
        );
      } else if (!answering) void answerAll();
    });
    const left = (cause?: Error) =>
      end(
        new TransportError("CONNECT_FAILED", "expected the reader to stay, it has gone", { cause }),
      );
    socket.on("error", left);
    socket.on("close", () => left());
    stopListening = onAbort(signal, () => end(closedError("card")));
  });
