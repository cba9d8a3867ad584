import type { Channel, Frame } from "./channel.js";

/** Sends in order and closes after all of it, without making anybody wait. */
export interface Outbox {
  send(frames: readonly Frame[]): void;
  close(code: number, reason: string): void;
  /** Resolves when everything so far has left, or cannot any more. */
  readonly settled: Promise<void>;
}

export const createOutbox = (channel: Channel): Outbox => {
  let last: Promise<unknown> = Promise.resolve();
  // What cannot be sent any more, the end of the channel tells.
  const then = (next: () => Promise<unknown>) => {
    last = last.then(next).catch(() => {});
  };
  return {
    send(frames) {
      for (const frame of frames) then(() => channel.send(frame));
    },
    close: (code, reason) => then(() => channel.close(code, reason)),
    get settled() {
      return last.then(() => {});
    },
  };
};
