import type { PushRequest } from "../../http.js";
import { serialNumberOf } from "../../request-codec.js";
import { type Handled, refused } from "./context.js";
import type { ServerEngine } from "./engine.js";
import { createRateLimiter, type RateTerms } from "./rates.js";

/** How much is let in. */
export interface GateOptions {
  /** Of one terminal. Default 20 a second, 200 at once: a first upload comes fast. */
  readonly perDevice?: RateTerms;
  /** Of one address that names terminals nobody knows. Default 1 in two seconds, 30 at once. */
  readonly perStranger?: RateTerms;
}

/** Handles a request that came from an address. */
export type Gate = (request: PushRequest, address: string, now: number) => Promise<Handled>;

/**
 * Keeps the rates before an engine: of each terminal by its serial number, and of an address only
 * while it names terminals that are not served, since many terminals share one address.
 */
export const createGate = (engine: ServerEngine, options: GateOptions = {}): Gate => {
  const devices = createRateLimiter(options.perDevice ?? { burst: 200, perSecond: 20 });
  const strangers = createRateLimiter(options.perStranger ?? { burst: 30, perSecond: 0.5 });
  /** Terminals that were served last time: a stranger at their address does not stop them. */
  const served = new Set<string>();
  const remember = (name: string): void => {
    served.add(name);
    if (served.size > MOST_DEVICES) served.delete(served.values().next().value!);
  };
  return async (request, address, now) => {
    const name = nameOf(request);
    const known = name !== undefined && served.has(name);
    if (!known && !strangers.allows(address, now)) return tooMany(now);
    if (name !== undefined && !devices.take(name, now)) return tooMany(now);
    const handled = await engine.handle(request, now);
    const strange = handled.events.some(
      ({ event }) => event === "refused" || event === "keyMismatch",
    );
    if (strange || name === undefined) strangers.take(address, now);
    if (name !== undefined && strange) served.delete(name);
    else if (name !== undefined && !known) remember(name);
    return handled;
  };
};

const MOST_DEVICES = 200_000;

const tooMany = (now: number): Handled => ({
  response: refused(now, "TOO MANY REQUESTS", 429),
  events: [],
});

const nameOf = (request: PushRequest): string | undefined => {
  try {
    return serialNumberOf(request);
  } catch {
    return undefined;
  }
};
