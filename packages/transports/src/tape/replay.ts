import type { ApduTransport } from "../apdu-transport.js";
import { createCardSlot } from "../card-slot.js";
import {
  type Channel,
  type CloseInfo,
  cutCloseReason,
  type Frame,
  iterateFrames,
} from "../channel.js";
import { checkCloseCode } from "../close-code.js";
import { abortedError, closedError, TransportError } from "../errors.js";
import { createExchangeGate } from "../exchange.js";
import { fromHex, sameBytes } from "../hex.js";
import { createInbox } from "../inbox.js";
import { DEFAULT_ATR } from "../memory/memory-transport.js";
import { frameOf, type Tape, type TapeKind } from "./tape.js";

/** A transport that plays a tape. */
export interface ReplayTransport extends ApduTransport {
  /** Exchanges that were not asked for yet. */
  readonly remaining: number;
}

/**
 * Answers as the tape does, in its order, and refuses a command that is not the next on it. A refusal
 * does not move the tape on.
 *
 * @throws TransportError `TAPE_REDACTED`, or `TAPE_INVALID` where the tape is of another kind; from
 * `transceive`: `TAPE_MISMATCH`, or the code that the tape has for the exchange.
 */
export const replayTransport = (tape: Tape): ReplayTransport => {
  checkPlayable(tape, "apdu");
  const gate = createExchangeGate("transport");
  const slot = createCardSlot();
  slot.set({ atr: DEFAULT_ATR });
  let position = 0;

  const answer = async (command: Uint8Array): Promise<Uint8Array> => {
    const entry = tape.entries[position];
    if (!entry || !("command" in entry) || !sameBytes(fromHex(entry.command)!, command)) {
      const found = entry ? "another" : "the end of the tape";
      throw new TransportError(
        "TAPE_MISMATCH",
        `expected the command that the tape holds at ${position + 1} of ${tape.entries.length}, found ${found}`,
      );
    }
    position++;
    if ("response" in entry) return fromHex(entry.response)!;
    throw new TransportError(entry.error, `the tape holds this error at ${position}`);
  };

  return {
    get card() {
      return slot.card;
    },
    get remaining() {
      return tape.entries.length - position;
    },
    get closed() {
      return gate.closed;
    },
    onCard: slot.onCard,
    transceive: (command, { signal } = {}) => gate.run(signal, () => answer(command)),
    async close() {
      if (gate.close()) slot.end();
    },
  };
};

/**
 * Plays the far side of a channel. What was received comes once all that was sent before it on the
 * tape has been sent again; a frame that is not the next sent one is refused.
 *
 * @throws TransportError as {@link replayTransport}; `TAPE_MISMATCH` from `send`.
 */
export const replayChannel = (tape: Tape): Channel => {
  checkPlayable(tape, "channel");
  const inbox = createInbox();
  let position = 0;
  let ended: CloseInfo | undefined;
  let resolveClosed: (info: CloseInfo) => void;
  const closed = new Promise<CloseInfo>((resolve) => {
    resolveClosed = resolve;
  });
  const finish = (info: CloseInfo) => {
    if (ended) return;
    ended = info;
    inbox.end();
    resolveClosed(info);
  };
  /** Plays on to the next frame that has to be sent. */
  const play = () => {
    for (; ; position++) {
      const entry = tape.entries[position];
      if (!entry) return finish({ by: "lost", code: 1006, reason: "" });
      if ("sent" in entry) return;
      if ("received" in entry) inbox.push(frameOf(entry.received));
      // Where we closed, the replay waits for us to do so again.
      if ("closed" in entry) return entry.closed.by === "us" ? undefined : finish(entry.closed);
    }
  };
  play();

  return {
    closed,
    receive: (options) => inbox.receive(options),
    async send(frame, { signal } = {}) {
      if (ended) throw closedError("channel");
      if (signal?.aborted) throw abortedError(signal);
      const entry = tape.entries[position];
      if (!entry || !("sent" in entry) || !sameFrame(frameOf(entry.sent), frame)) {
        throw new TransportError(
          "TAPE_MISMATCH",
          `expected the frame that the tape holds at ${position + 1} of ${tape.entries.length}, found another`,
        );
      }
      position++;
      play();
    },
    async close(code = 1000, reason = "") {
      checkCloseCode(code);
      finish({ by: "us", code, reason: cutCloseReason(reason) });
      return closed;
    },
    [Symbol.asyncIterator]: () => iterateFrames((options) => inbox.receive(options)),
  };
};

const checkPlayable = (tape: Tape, kind: TapeKind): void => {
  if (tape.kind !== kind) {
    throw new TransportError("TAPE_INVALID", `expected a tape of kind ${kind}, found ${tape.kind}`);
  }
  if (tape.redacted) {
    throw new TransportError(
      "TAPE_REDACTED",
      "expected a whole tape, found one with blanked bytes",
    );
  }
};

const sameFrame = (a: Frame, b: Frame): boolean =>
  typeof a === "string" || typeof b === "string" ? a === b : sameBytes(a, b);
