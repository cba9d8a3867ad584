/** How often one name may come. */
export interface RateTerms {
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests that are let in for each second after that. */
  readonly perSecond: number;
}

/** Counts requests by name: a serial number, or an address. */
export interface RateLimiter {
  /** Counts one request, and says whether it may pass. */
  take(name: string, now: number): boolean;
  /** Whether one more would pass, without counting it. */
  allows(name: string, now: number): boolean;
}

/** Names remembered at most; beyond it the oldest is forgotten, whoever fills it up. */
const MOST_NAMES = 100_000;

/** Token buckets by name, bounded in number. */
export const createRateLimiter = ({ burst, perSecond }: RateTerms): RateLimiter => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const filled = (name: string, now: number): number => {
    const bucket = buckets.get(name);
    if (bucket === undefined) return burst;
    return Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  };
  return {
    take(name, now) {
      const tokens = filled(name, now);
      const passes = tokens >= 1;
      buckets.delete(name);
      buckets.set(name, { tokens: passes ? tokens - 1 : tokens, at: now });
      if (buckets.size > MOST_NAMES) buckets.delete(buckets.keys().next().value!);
      return passes;
    },
    allows: (name, now) => filled(name, now) >= 1,
  };
};
