import type { ApduTransport } from "../apdu-transport.js";
import { type Channel, type Frame, iterateFrames } from "../channel.js";
import { TransportError } from "../errors.js";
import { blankedHex, formatTapeLine, type SecretRange, type TapeKind, tapeFrame } from "./tape.js";

export interface RecordOptions {
  /** Kept in the first line: what a replay needs beside the traffic, as JSON. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One exchange, as it is shown to whoever marks secrets in it. */
export interface RecordedExchange {
  readonly command: Uint8Array;
  /** Absent where the exchange failed. */
  readonly response: Uint8Array | undefined;
}

export interface RecordTransportOptions extends RecordOptions {
  /** Marks what must not reach the tape. A tape with blanked bytes can be shown and not replayed. */
  readonly secrets?: (exchange: RecordedExchange) => {
    readonly command?: readonly SecretRange[];
    readonly response?: readonly SecretRange[];
  };
}

/**
 * Writes each exchange to a tape as it ends. An exchange that fails by the card's or reader's doing is
 * written with its code; what the caller did wrong is not on the tape.
 *
 * @param write takes one line, its line feed included.
 */
export const recordTransport = (
  transport: ApduTransport,
  write: (line: string) => void,
  options: RecordTransportOptions = {},
): ApduTransport => {
  writeHeader("apdu", write, options);
  return {
    get card() {
      return transport.card;
    },
    get closed() {
      return transport.closed;
    },
    onCard: (listener) => transport.onCard(listener),
    close: () => transport.close(),
    async transceive(bytes, transceiveOptions) {
      const command = new Uint8Array(bytes);
      let response: Uint8Array | undefined;
      try {
        response = await transport.transceive(bytes, transceiveOptions);
      } catch (error) {
        if (error instanceof TransportError && error.fault === "device") {
          const blank = options.secrets?.({ command, response });
          const line = { command: blankedHex(command, blank?.command ?? []), error: error.code };
          write(formatTapeLine(line));
        }
        throw error;
      }
      const blank = options.secrets?.({ command, response });
      write(
        formatTapeLine({
          command: blankedHex(command, blank?.command ?? []),
          response: blankedHex(response, blank?.response ?? []),
        }),
      );
      return response;
    },
  };
};

export interface RecordChannelOptions extends RecordOptions {
  /** Marks what must not reach the tape, in bytes or, of a text, in UTF-16 code units. */
  readonly secrets?: (frame: Frame, direction: "sent" | "received") => readonly SecretRange[];
}

/** Writes each frame to a tape when it is sent or read, and how the channel ended. */
export const recordChannel = (
  channel: Channel,
  write: (line: string) => void,
  options: RecordChannelOptions = {},
): Channel => {
  writeHeader("channel", write, options);
  const record = (direction: "sent" | "received", frame: Frame) => {
    const secrets = options.secrets?.(frame, direction) ?? [];
    write(formatTapeLine({ [direction]: tapeFrame(frame, secrets) }));
  };
  void channel.closed.then((closed) => write(formatTapeLine({ closed })));
  const receive: Channel["receive"] = async (receiveOptions) => {
    const frame = await channel.receive(receiveOptions);
    if (frame !== undefined) record("received", frame);
    return frame;
  };
  return {
    closed: channel.closed,
    receive,
    close: (code, reason) => channel.close(code, reason),
    send(frame, sendOptions) {
      // Written when handed over: the answer may be read before this send resolves.
      const sending = channel.send(frame, sendOptions);
      record("sent", frame);
      return sending;
    },
    [Symbol.asyncIterator]: () => iterateFrames(receive),
  };
};

const writeHeader = (kind: TapeKind, write: (line: string) => void, options: RecordOptions) => {
  const context = options.context ? { context: options.context } : {};
  write(formatTapeLine({ tape: kind, version: 1, ...context }));
};
