import type { Channel, Frame } from "./channel.js";

/** Sends in order and closes after all of it, without making anybody wait. */
export interface Outbox {
  send(frames: readonly Frame[]): void;
  close(code: number, reason: string): void;
  /** Resolves when everything so far has left, or cannot any more. */
  readonly settled: Promise<void>;
}

export const createOutbox = (channel: Channel): Outbox => {
  const waiting: (() => Promise<unknown>)[] = [];
  let sending: Promise<void> | undefined;
  const sendAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await next();
      } catch {
        // What cannot be sent any more, the end of the channel tells.
      }
    }
    sending = undefined;
  };
  const add = (next: () => Promise<unknown>) => {
    waiting.push(next);
    sending ??= sendAll();
  };
  return {
    send(frames) {
      for (const frame of frames) add(() => channel.send(frame));
    },
    close: (code, reason) => add(() => channel.close(code, reason)),
    get settled() {
      return sending ?? Promise.resolve();
    },
  };
};
