import type { Channel, Clock } from "../channel.js";
import { createOutbox } from "../outbox.js";
import type { ClientEvent, ClientInput, ClientReport, ClientSession } from "./client-session.js";

/** Whatever carries bytes to a chip and back. */
export type Transceive = (command: Uint8Array) => Promise<Uint8Array>;

export interface RunClientOptions {
  readonly transceive: Transceive;
  readonly clock: Clock;
  readonly onEvent?: (event: ClientEvent) => void;
  /** An abort is the person giving up. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a client over an open channel to its end. Never rejects for what server, chip or line do: that is
 * in the report. The channel is closed when it returns.
 */
export const runClient = async (
  channel: Channel,
  session: ClientSession,
  options: RunClientOptions,
): Promise<ClientReport> => {
  const { clock, signal } = options;
  const outbox = createOutbox(channel);
  let report: ClientReport | undefined;
  let cancelTimer = () => {};
  let failure: { readonly error: unknown } | undefined;
  let finish: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const feed = (input: ClientInput) => {
    if (report || failure) return;
    try {
      act(session.receive(input, clock.now()));
    } catch (error) {
      failure = { error };
      finish();
    }
  };
  const act = (step: ReturnType<ClientSession["receive"]>) => {
    for (const event of step.events) options.onEvent?.(event);
    outbox.send(step.send);
    cancelTimer();
    if (step.wakeAt !== undefined) {
      const ms = Math.max(0, step.wakeAt - clock.now());
      cancelTimer = clock.schedule(ms, () => feed({ kind: "due" }));
    }
    if (step.transceive) void carry(step.transceive);
    if (step.close) outbox.close(step.close.code, step.close.reason);
    if (step.report) {
      ({ report } = step);
      finish();
    }
  };
  const carry = async (command: Uint8Array) => {
    let apdu: Uint8Array;
    try {
      apdu = await options.transceive(command);
    } catch {
      return feed({ kind: "chip-lost" });
    }
    feed({ kind: "answer", apdu });
  };
  const listen = async () => {
    for (;;) {
      const frame = await channel.receive();
      if (frame === undefined) return feed({ kind: "ended", end: await channel.closed });
      feed({ kind: "frame", frame });
    }
  };
  const cancel = () => feed({ kind: "cancel" });

  signal?.addEventListener("abort", cancel, { once: true });
  feed({ kind: "open" });
  if (signal?.aborted) cancel();
  listen().catch((error) => {
    failure ??= { error };
    finish();
  });
  await finished;
  cancelTimer();
  signal?.removeEventListener("abort", cancel);
  outbox.close(1000, "");
  await outbox.settled;
  if (report) return report;
  throw failure?.error;
};
