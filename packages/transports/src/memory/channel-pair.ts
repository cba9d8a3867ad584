import {
  type Channel,
  type CloseInfo,
  cutCloseReason,
  type Frame,
  iterateFrames,
} from "../channel.js";
import { checkCloseCode } from "../close-code.js";
import { closedError } from "../errors.js";
import { createInbox, type Inbox } from "../inbox.js";
import { abortable } from "../signal.js";

export interface ChannelPairOptions {
  /** Bytes that may wait unread before `send` waits too. Default 1 MiB. */
  readonly highWater?: number;
}

/** Two channels in one process, joined back to back. */
export interface ChannelPair {
  readonly left: Channel;
  readonly right: Channel;
  /** Breaks the line: both ends see `lost`. */
  cut(): void;
}

/** Makes a channel pair for tests and for parties that live in one process. */
export const createChannelPair = (options: ChannelPairOptions = {}): ChannelPair => {
  const highWater = options.highWater ?? 1024 * 1024;
  const left = createEnd(highWater);
  const right = createEnd(highWater);
  return {
    left: channelBetween(left, right),
    right: channelBetween(right, left),
    cut() {
      for (const end of [left, right]) end.finish({ by: "lost", code: 1006, reason: "" });
    },
  };
};

/** One end: what was sent to it, and how it ended. */
interface End {
  readonly inbox: Inbox;
  readonly closed: Promise<CloseInfo>;
  readonly ended: boolean;
  /** Calls back when there is room, at once where there is, or with false when the end is closed. */
  whenRoom(callback: (room: boolean) => void): void;
  finish(info: CloseInfo): void;
}

const createEnd = (highWater: number): End => {
  let resolveClosed: (info: CloseInfo) => void;
  const closed = new Promise<CloseInfo>((resolve) => {
    resolveClosed = resolve;
  });
  let ended = false;
  let waiting: ((room: boolean) => void)[] = [];
  const wake = () => {
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback(!ended);
  };
  const inbox = createInbox({
    onChange: (queued) => {
      if (queued <= highWater) wake();
    },
  });
  return {
    inbox,
    closed,
    get ended() {
      return ended;
    },
    whenRoom(callback) {
      if (ended || inbox.queued <= highWater) callback(!ended);
      else waiting.push(callback);
    },
    finish(info) {
      if (ended) return;
      ended = true;
      inbox.end();
      resolveClosed(info);
      wake();
    },
  };
};

const channelBetween = (here: End, there: End): Channel => ({
  closed: here.closed,
  async send(frame, { signal } = {}) {
    if (here.ended) throw closedError("channel");
    await abortable<void>(signal, (resolve, reject) => {
      there.inbox.push(copy(frame));
      there.whenRoom((room) => (room ? resolve() : reject(closedError("channel"))));
    });
  },
  receive: (options) => here.inbox.receive(options),
  async close(code = 1000, reason = "") {
    checkCloseCode(code);
    const sent = cutCloseReason(reason);
    here.finish({ by: "us", code, reason: sent });
    there.finish({ by: "peer", code, reason: sent });
    return here.closed;
  },
  [Symbol.asyncIterator]: () => iterateFrames((options) => here.inbox.receive(options)),
});

const copy = (frame: Frame): Frame => (typeof frame === "string" ? frame : new Uint8Array(frame));
