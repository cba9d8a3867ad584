import type { OutboxEvent, ServerStore } from "../server-store.js";

/** Gives one event to a sink; rejects when the sink did not take it. */
export type Deliver = (event: OutboxEvent) => Promise<void>;

/** How a sink is served. */
export interface PublishOptions {
  readonly store: ServerStore;
  /** Name of the sink, as the store was opened with it. */
  readonly sink: string;
  readonly deliver: Deliver;
  /** Events of one pass. Default 100. */
  readonly limit?: number;
  /** Milliseconds after which somebody else may try an event that nobody confirmed. Default 60,000. */
  readonly leaseMs?: number;
}

/** What a pass did. */
export interface Published {
  readonly delivered: number;
  /** Why the sink did not take an event; the pass ends there, and the event comes again. */
  readonly failure?: unknown;
  /** When to try again after a failure: before that, what is newer would overtake it. */
  readonly retryAt?: number;
}

const LIMIT = 100;
const LEASE_MS = 60_000;
/** First pause after a failure; it doubles with each, up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Publishes what is due for a sink, in order, at least once: an event is confirmed after it was
 * delivered, and one that was not comes again with growing pauses, for as long as it takes.
 */
export const publishDue = async (options: PublishOptions, now: number): Promise<Published> => {
  const { store, sink, deliver, limit = LIMIT, leaseMs = LEASE_MS } = options;
  const events = await store.takeEvents(sink, { now, leaseMs, limit });
  const delivered: string[] = [];
  for (const [position, event] of events.entries()) {
    try {
      await deliver(event);
      delivered.push(event.id);
    } catch (failure) {
      await store.confirmEvents(sink, delivered);
      const rest = events.slice(position).map(({ id }) => id);
      const retryAt = now + pauseAfter(event.attempts);
      await store.delayEvents(sink, rest, retryAt);
      return { delivered: delivered.length, failure, retryAt };
    }
  }
  await store.confirmEvents(sink, delivered);
  return { delivered: delivered.length };
};

/** Milliseconds to wait after an event failed so many times before. */
export const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20), LONGEST_PAUSE_MS);
