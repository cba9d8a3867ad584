import type { Channel, ChannelEnd, Frame } from "../channel.js";

/** Two ends of one connection in memory. */
export interface ChannelPair {
  readonly client: Channel;
  readonly server: Channel;
  /** Breaks the line: both ends see `lost`. */
  cut(): void;
  /** Everything that was sent, in order. */
  readonly log: readonly SentFrame[];
}

export interface SentFrame {
  readonly by: "client" | "server";
  readonly frame: Frame;
}

interface End {
  push(frame: Frame): void;
  finish(end: ChannelEnd): void;
  readonly channel: Channel;
}

export const createChannelPair = (): ChannelPair => {
  const log: SentFrame[] = [];
  const client: End = createEnd(
    (frame) => {
      log.push({ by: "client", frame });
      server.push(frame);
    },
    (end) => server.finish(end),
  );
  const server: End = createEnd(
    (frame) => {
      log.push({ by: "server", frame });
      client.push(frame);
    },
    (end) => client.finish(end),
  );
  return {
    client: client.channel,
    server: server.channel,
    log,
    cut() {
      for (const end of [client, server]) end.finish({ by: "lost", code: 1006, reason: "" });
    },
  };
};

const createEnd = (send: (frame: Frame) => void, closePeer: (end: ChannelEnd) => void): End => {
  const frames: Frame[] = [];
  let waiting: ((frame: Frame | undefined) => void) | undefined;
  let ended: ChannelEnd | undefined;
  let resolveClosed: (end: ChannelEnd) => void;
  const closed = new Promise<ChannelEnd>((resolve) => {
    resolveClosed = resolve;
  });
  const wake = (frame: Frame | undefined) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(frame);
  };
  const finish = (end: ChannelEnd) => {
    if (ended) return;
    ended = end;
    resolveClosed(end);
    wake(undefined);
  };
  return {
    push(frame) {
      if (ended) return;
      if (waiting) wake(frame);
      else frames.push(frame);
    },
    finish,
    channel: {
      closed,
      async send(frame) {
        if (ended) throw new Error("the channel has ended");
        send(typeof frame === "string" ? frame : frame.slice());
      },
      receive: () =>
        new Promise((resolve) => {
          const frame = frames.shift();
          if (frame !== undefined || ended) resolve(frame);
          else waiting = resolve;
        }),
      async close(code = 1000, reason = "") {
        if (ended) return ended;
        finish({ by: "us", code, reason });
        closePeer({ by: "peer", code, reason });
        return ended;
      },
    },
  };
};
