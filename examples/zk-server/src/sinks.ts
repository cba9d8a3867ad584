import { type Deliver, type ServerStore, ZkPushError } from "@org/zk-push-codec";
import { createWebhook } from "@org/zk-push-codec/http";
import { startPublisher } from "@org/zk-push-codec/node";

/** Somewhere that punches are published to. */
export interface Sink {
  /** Its name in the outbox: what waits for a name waits until that sink is there again. */
  readonly name: string;
  readonly deliver: Deliver;
  close(): Promise<void>;
}

export interface SinkTerms {
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** `nats://host:port` of a JetStream. */
  readonly events?: string;
}

/** The sinks that were asked for; what they need is loaded only then. */
export const openSinks = async ({ webhook, events }: SinkTerms): Promise<readonly Sink[]> => {
  const sinks: Sink[] = [];
  if (webhook !== undefined) {
    sinks.push({ name: "webhook", deliver: createWebhook(webhook), close: async () => {} });
  }
  if (events !== undefined) {
    const { createJetStreamSink } = await import("@org/zk-push-codec/node/nats");
    sinks.push({ name: "nats", ...createJetStreamSink({ url: events }) });
  }
  return sinks;
};

/** Sinks at work. */
export interface Publishing {
  /** Something was committed. */
  wake(): void;
  /** How many events wait for each sink. */
  waiting(): Promise<readonly (readonly [name: string, count: number])[]>;
  close(): Promise<void>;
}

export const startPublishing = (
  store: ServerStore,
  sinks: readonly Sink[],
  warn: (text: string) => void,
): Publishing => {
  const publishers = sinks.map(({ name, deliver }) =>
    startPublisher({
      store,
      sink: name,
      deliver,
      onFailure: (failure) => warn(`${name}: ${reasonOf(failure)}`),
    }),
  );
  return {
    wake() {
      for (const publisher of publishers) publisher.wake();
    },
    waiting: () =>
      Promise.all(sinks.map(async ({ name }) => [name, await store.countEvents(name)] as const)),
    async close() {
      await Promise.all(publishers.map((publisher) => publisher.close()));
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
};

/** Why a sink did not take something, in a word or two: an address may hold a secret. */
const reasonOf = (failure: unknown): string => {
  if (failure instanceof ZkPushError) return failure.message;
  if (!(failure instanceof Error)) return "failed";
  const { cause } = failure as { readonly cause?: { readonly code?: unknown } };
  const code = typeof cause?.code === "string" ? ` (${cause.code})` : "";
  return `${failure.message.replace(/\b[a-z]+:\/\/\S+/gi, "…")}${code}`;
};
