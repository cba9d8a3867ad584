import type { Channel, Clock } from "../channel.js";
import { SinosecuError } from "../errors.js";
import type { FragmentingChannel } from "./fragmenting-channel.js";
import { createChannelPair } from "./memory-channel.js";
import { createServiceMachine, type ServiceInput, type ServiceOptions } from "./service-machine.js";
import type { SimulatedDocument } from "./simulated-document.js";

export interface SimulatorOptions extends ServiceOptions {
  readonly clock: Clock;
  /** What clients do that the manual does not have. */
  readonly onDiagnostic?: (text: string) => void;
}

/** The background service of a reader that is not there, and the hands that lay documents on it. */
export interface Simulator {
  /**
   * Serves a client until its channel ends.
   *
   * @throws SinosecuError `QUIRK_UNKNOWN` where fragments are wanted of a channel that has none.
   */
  serve(channel: Channel | FragmentingChannel): Promise<void>;
  /** A client's end of a channel to this service, in memory. */
  connect(): Channel;
  lay(document: SimulatedDocument): void;
  takeAway(): void;
  unplug(): void;
  plug(): void;
  /** Tells clients to connect anew, that support is needed, or that settings were changed. */
  say(what: "reconnect" | "support" | "settings-changed"): void;
  /** Ends every connection and forgets every setting, with or without saying so first. */
  restart(options?: { readonly announced?: boolean }): void;
  /** How many clients are connected. */
  readonly clients: number;
  close(): void;
}

const ignore = (): void => {};
const FRAGMENT_BYTES = 4_096;

const sendText = (
  channel: Channel | FragmentingChannel,
  text: string,
  fragments: boolean,
): Promise<void> => {
  if (!fragments || !("sendFragments" in channel)) return channel.send(text);
  const bytes = new TextEncoder().encode(text);
  const count = Math.ceil(bytes.length / FRAGMENT_BYTES);
  return channel.sendFragments(
    Array.from({ length: count }, (_, i) =>
      bytes.subarray(i * FRAGMENT_BYTES, (i + 1) * FRAGMENT_BYTES),
    ),
  );
};

export const createSimulator = (options: SimulatorOptions): Simulator => {
  const machine = createServiceMachine(options);
  const fragments = options.quirks?.includes("fragments") ?? false;
  const channels = new Map<number, Channel | FragmentingChannel>();
  let next = 0;
  let cancelTimer: () => void = ignore;

  const feed = (input: ServiceInput): void => {
    const step = machine.receive(input, options.clock.now());
    for (const { client, text } of step.send) {
      const channel = channels.get(client);
      if (channel) sendText(channel, text, fragments).catch(ignore);
    }
    for (const client of step.close) {
      channels.get(client)?.close(1012, "restart").catch(ignore);
      channels.delete(client);
    }
    for (const text of step.diagnostics) options.onDiagnostic?.(text);
    cancelTimer();
    cancelTimer = ignore;
    if (step.wakeAt !== undefined) {
      const ms = Math.max(0, step.wakeAt - options.clock.now());
      cancelTimer = options.clock.schedule(ms, () => feed({ kind: "due" }));
    }
  };

  const serve = async (channel: Channel | FragmentingChannel): Promise<void> => {
    if (fragments && !("sendFragments" in channel)) {
      throw new SinosecuError("QUIRK_UNKNOWN", "expected a channel that can send fragments");
    }
    const client = next++;
    channels.set(client, channel);
    feed({ kind: "connected", client });
    for (;;) {
      const frame = await channel.receive().catch(() => undefined);
      if (frame === undefined || !channels.has(client)) break;
      feed({ kind: "frame", client, frame });
    }
    channels.delete(client);
    feed({ kind: "gone", client });
  };

  return {
    serve,
    connect() {
      const { left, right } = createChannelPair();
      void serve(right);
      return left;
    },
    lay: (document) => feed({ kind: "lay", document }),
    takeAway: () => feed({ kind: "take-away" }),
    unplug: () => feed({ kind: "unplug" }),
    plug: () => feed({ kind: "plug" }),
    say: (what) => feed({ kind: "say", what }),
    restart: ({ announced = true } = {}) => feed({ kind: "restart", announced }),
    get clients() {
      return channels.size;
    },
    close() {
      for (const channel of channels.values()) channel.close(1001, "").catch(ignore);
      channels.clear();
      cancelTimer();
    },
  };
};
