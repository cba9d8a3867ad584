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

interface Bucket {
  tokens: number;
  at: number;
}

/** Names remembered at most; beyond it the oldest is forgotten, whoever fills it up. */
const MOST_NAMES = 100_000;

/** Token buckets by name, bounded in number. */
export const createRateLimiter = ({ burst, perSecond }: RateTerms): RateLimiter => {
  const buckets = new Map<string, Bucket>();
  const filled = ({ tokens, at }: Bucket, now: number): number =>
    Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
  return {
    take(name, now) {
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        bucket = { tokens: burst, at: now };
        buckets.set(name, bucket);
        if (buckets.size > MOST_NAMES) buckets.delete(buckets.keys().next().value!);
      }
      const tokens = filled(bucket, now);
      const passes = tokens >= 1;
      bucket.tokens = passes ? tokens - 1 : tokens;
      bucket.at = now;
      return passes;
    },
    allows(name, now) {
      const bucket = buckets.get(name);
      return bucket === undefined || filled(bucket, now) >= 1;
    },
  };
};
