import type { Channel, Clock } from "../channel.js";
import type { SessionClose } from "../close-reason.js";
import { createOutbox } from "../outbox.js";
import type { ServerEvent, ServerInput, ServerSession } from "../session/server-session.js";

/** A result on its way to a result server. */
export type DeliverEvent = Extract<ServerEvent, { type: "deliver" }>;

export interface ServeSessionOptions {
  readonly clock: Clock;
  /** Hands a result over; false where the result server did not take it. */
  readonly deliver: (order: DeliverEvent) => Promise<boolean>;
  readonly onEvent?: (event: Exclude<ServerEvent, DeliverEvent>) => void;
}

/** How a session ended, and who ended it. */
export interface SessionEnd {
  readonly close: SessionClose;
  readonly by: "server" | "client";
}

/**
 * Runs a session over a channel to its end. Never rejects for what the client or the line do. A result
 * that is on its way when the client leaves is still delivered.
 */
export const serveSession = async (
  channel: Channel,
  session: ServerSession,
  options: ServeSessionOptions,
): Promise<SessionEnd> => {
  const { clock } = options;
  const outbox = createOutbox(channel);
  let timer: { readonly at: number; readonly cancel: () => void } | undefined;
  let settle: (end: SessionEnd) => void;
  let reject: (error: unknown) => void;
  const ended = new Promise<SessionEnd>((resolve, fail) => {
    settle = resolve;
    reject = fail;
  });

  const feed = (input: ServerInput) => {
    try {
      if (!session.over) act(session.receive(input, clock.now()));
    } catch (error) {
      reject(error);
    }
  };
  const act = ({ send, events, close, wakeAt }: ReturnType<ServerSession["receive"]>) => {
    outbox.send(send);
    if (close) outbox.close(close.code, close.reason);
    wake(wakeAt);
    for (const event of events) {
      if (event.type === "deliver") void deliver(event);
      else options.onEvent?.(event);
      if (event.type === "ended") settle(event);
    }
  };
  /**
   * A timer that rings too early is let ring: nothing is due then, and the session says when to come back.
   * With every answer of the chip the time moves on, and no timer is made for it.
   */
  const wake = (at: number | undefined) => {
    if (timer && at !== undefined && timer.at <= at) return;
    timer?.cancel();
    timer = undefined;
    if (at === undefined) return;
    const ring = () => {
      timer = undefined;
      feed({ kind: "due" });
    };
    timer = { at, cancel: clock.schedule(Math.max(0, at - clock.now()), ring) };
  };
  const deliver = async (order: DeliverEvent) => {
    const posted = await options.deliver(order).catch(() => false);
    feed({ kind: "delivered", posted });
  };
  const listen = async () => {
    for (;;) {
      const frame = await channel.receive();
      if (frame === undefined) return feed({ kind: "gone", end: await channel.closed });
      feed({ kind: "frame", frame });
    }
  };

  feed({ kind: "open" });
  listen().catch(reject!);
  try {
    return await ended;
  } finally {
    wake(undefined);
    await outbox.settled;
  }
};
