import type { ChannelOptions, Frame } from "./channel.js";
import { abortedError, TransportError } from "./errors.js";
import { onAbort } from "./signal.js";

/** Frames that came and were not read yet: the receiving half of every channel. */
export interface Inbox {
  push(frame: Frame): void;
  /** Nothing more comes; what is queued can still be read. */
  end(): void;
  receive(options?: ChannelOptions): Promise<Frame | undefined>;
  /** Bytes that wait to be read; a text counts by its UTF-16 code units, which cost nothing to know. */
  readonly queued: number;
}

/** A frame costs this much beside its bytes, so that a flood of empty frames counts too. */
const FRAME_COST = 64;

export interface InboxOptions {
  /** Called after each change of `queued`, for back-pressure. */
  readonly onChange?: (queued: number) => void;
}

export const createInbox = (options: InboxOptions = {}): Inbox => {
  const frames: Frame[] = [];
  let head = 0;
  let queued = 0;
  let ended = false;
  let reader: ((frame: Frame | undefined) => void) | undefined;

  const change = (bytes: number) => {
    queued += bytes;
    options.onChange?.(queued);
  };
  const cost = (frame: Frame) => frame.length + FRAME_COST;

  const shift = (): Frame => {
    const frame = frames[head]!;
    head++;
    // Read places are given back in large steps, so that a long queue is not copied for each frame.
    if (head === frames.length || head === 1024) {
      frames.splice(0, head);
      head = 0;
    }
    change(-cost(frame));
    return frame;
  };

  /** Hands a frame, or the end, to whoever waits for one. */
  const wake = (frame: Frame | undefined) => {
    const waiting = reader;
    reader = undefined;
    waiting?.(frame);
  };

  return {
    get queued() {
      return queued;
    },
    push(frame) {
      if (ended) return;
      if (reader) return wake(frame);
      frames.push(frame);
      change(cost(frame));
    },
    end() {
      ended = true;
      wake(undefined);
    },
    receive({ signal } = {}) {
      if (reader) {
        return Promise.reject(
          new TransportError("TRANSPORT_BUSY", "expected one reader at a time, found a second"),
        );
      }
      if (signal?.aborted) return Promise.reject(abortedError(signal));
      if (head < frames.length) return Promise.resolve(shift());
      if (ended) return Promise.resolve(undefined);
      if (!signal) {
        return new Promise((resolve) => {
          reader = resolve;
        });
      }
      return new Promise((resolve, reject) => {
        const stopListening = onAbort(signal, () => {
          reader = undefined;
          reject(abortedError(signal));
        });
        reader = (frame) => {
          stopListening();
          resolve(frame);
        };
      });
    },
  };
};
