import type { CloseInfo, Frame } from "../channel.js";
import type { FragmentingChannel } from "./fragmenting-channel.js";

interface End {
  readonly channel: FragmentingChannel;
  push(frame: Frame): void;
  finish(info: CloseInfo): void;
}

const createEnd = (other: () => End): End => {
  const frames: Frame[] = [];
  let ended = false;
  let reader: ((frame: Frame | undefined) => void) | undefined;
  let resolveClosed: (info: CloseInfo) => void = () => {};
  const closed = new Promise<CloseInfo>((resolve) => {
    resolveClosed = resolve;
  });
  const hand = (frame: Frame | undefined): void => {
    const waiting = reader;
    reader = undefined;
    waiting?.(frame);
  };
  const end: End = {
    push(frame) {
      if (ended) return;
      if (reader) hand(frame);
      else frames.push(frame);
    },
    finish(info) {
      if (ended) return;
      ended = true;
      resolveClosed(info);
      hand(undefined);
    },
    channel: {
      closed,
      async send(frame) {
        if (ended) throw new Error("expected an open channel, found a closed one");
        other().push(frame);
      },
      async sendFragments(parts) {
        const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
        parts.reduce((at, part) => {
          bytes.set(part, at);
          return at + part.length;
        }, 0);
        await end.channel.send(new TextDecoder().decode(bytes));
      },
      receive: () =>
        new Promise((resolve) => {
          if (frames.length > 0) resolve(frames.shift());
          else if (ended) resolve(undefined);
          else reader = resolve;
        }),
      close(code = 1000, reason = "") {
        end.finish({ by: "us", code, reason });
        other().finish({ by: "peer", code, reason });
        return closed;
      },
    },
  };
  return end;
};

/** Two channels in one process, joined back to back; `cut` breaks the line for both. */
export const createChannelPair = (): {
  readonly left: FragmentingChannel;
  readonly right: FragmentingChannel;
  cut(): void;
} => {
  const left: End = createEnd(() => right);
  const right: End = createEnd(() => left);
  return {
    left: left.channel,
    right: right.channel,
    cut() {
      for (const end of [left, right]) end.finish({ by: "lost", code: 1006, reason: "" });
    },
  };
};
