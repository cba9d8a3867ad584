import type { ApduTransport } from "../apdu-transport.js";
import { type Channel, frameLength, iterateFrames } from "../channel.js";
import { type Clock, systemClock } from "../clock.js";
import { TransportError, type TransportErrorCode } from "../errors.js";

/** What a log may keep of the traffic: lengths, times and codes, never the bytes. */
export type TransportEvent =
  | {
      readonly event: "exchange";
      readonly command: number;
      readonly response: number;
      readonly ms: number;
    }
  | {
      readonly event: "failed";
      readonly command: number;
      readonly code: TransportErrorCode | undefined;
      readonly ms: number;
    }
  | { readonly event: "sent" | "received"; readonly text: boolean; readonly length: number }
  | { readonly event: "closed"; readonly code?: number; readonly by?: string };

export interface LogOptions {
  readonly clock?: Clock;
}

/** Reports each exchange of an APDU transport by its lengths in bytes and its time. */
export const withLog = (
  transport: ApduTransport,
  log: (event: TransportEvent) => void,
  options: LogOptions = {},
): ApduTransport => {
  const clock = options.clock ?? systemClock;
  return {
    get card() {
      return transport.card;
    },
    get closed() {
      return transport.closed;
    },
    onCard: (listener) => transport.onCard(listener),
    async close() {
      await transport.close();
      log({ event: "closed" });
    },
    async transceive(command, transceiveOptions) {
      const started = clock.now();
      const length = command.length;
      try {
        const answer = await transport.transceive(command, transceiveOptions);
        const ms = clock.now() - started;
        log({ event: "exchange", command: length, response: answer.length, ms });
        return answer;
      } catch (error) {
        const code = error instanceof TransportError ? error.code : undefined;
        log({ event: "failed", command: length, code, ms: clock.now() - started });
        throw error;
      }
    },
  };
};

/** Reports each frame of a channel by its kind and its length in bytes, and how the channel ended. */
export const withChannelLog = (channel: Channel, log: (event: TransportEvent) => void): Channel => {
  const receive: Channel["receive"] = async (options) => {
    const frame = await channel.receive(options);
    if (frame !== undefined) {
      log({ event: "received", text: typeof frame === "string", length: frameLength(frame) });
    }
    return frame;
  };
  void channel.closed.then(({ by, code }) => log({ event: "closed", by, code }));
  return {
    closed: channel.closed,
    receive,
    close: (code, reason) => channel.close(code, reason),
    async send(frame, options) {
      await channel.send(frame, options);
      log({ event: "sent", text: typeof frame === "string", length: frameLength(frame) });
    },
    [Symbol.asyncIterator]: () => iterateFrames(receive),
  };
};
