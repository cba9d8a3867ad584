/**
 * A way to do the work; a promise is waited for. One that comes to a number measured itself: that
 * many milliseconds.
 */
export type Contestant = () => unknown;

/** What is promised of a contestant, against the baseline of the same run. */
export type Budget = RatioBudget | DifferenceBudget;

/** Its time as a part of the baseline's. */
export interface RatioBudget {
  readonly contestant: string;
  /** At most this many times the time of the baseline; 0.1: ten times as fast. */
  readonly atMost: number;
}

/** Its time beyond the baseline's: for a program, whose start costs the same whatever it does. */
export interface DifferenceBudget {
  readonly contestant: string;
  readonly atMostMsBeyond: number;
}

/** The same work done in several ways. Keys are imported, and caches warm, for all of them alike. */
export interface Contest {
  readonly title: string;
  /** The contestant that the others are measured against. */
  readonly baseline: string;
  readonly contestants: Readonly<Record<string, Contestant>>;
  readonly budgets: readonly Budget[];
  /** Batches of each contestant, where the usual number is too few. Odd, so that the median is one of them. */
  readonly batches?: number;
}

/** What `pnpm bench NAME` runs. A contest is prepared only when it is run. */
export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  readonly contests: readonly (() => Contest | Promise<Contest>)[];
}

export interface Result {
  readonly contestant: string;
  /** Median over the batches, one operation. */
  readonly microseconds: number;
  /** Median over the rounds, of its time in a round and the baseline's in the same round. */
  readonly ratio: number;
}

export interface ContestReport {
  readonly title: string;
  readonly baseline: string;
  readonly results: readonly Result[];
  readonly budgets: readonly (Budget & {
    readonly ratio: number;
    readonly msBeyond: number;
    readonly held: boolean;
  })[];
}

const BATCHES = 15;
/** A batch runs about this long; a single operation may well take longer. */
const BATCH_MS = 40;

/**
 * Runs a contest. The contestants take turns batch by batch, so that whatever else the machine does
 * falls on all of them.
 */
export const runContest = async (
  contest: Contest,
  onProgress: (text: string) => void = () => {},
): Promise<ContestReport> => {
  const { batches = BATCHES } = contest;
  const entries = Object.entries(contest.contestants);
  const runners: { name: string; contestant: Contestant; count: number; times: number[] }[] = [];
  for (const [name, contestant] of entries) {
    onProgress(`${contest.title}: ${name}`);
    runners.push({ name, contestant, count: await calibrate(contestant), times: [] });
  }
  for (let batch = 1; batch <= batches; batch++) {
    for (const { name, contestant, count, times } of runners) {
      onProgress(`${contest.title}: ${name}, batch ${batch} of ${batches}`);
      // What one left behind is not collected at the expense of the next.
      globalThis.gc?.({ type: "minor" });
      times.push((await timeOf(contestant, count)) / count);
    }
  }
  const baseline = runners.find(({ name }) => name === contest.baseline)?.times;
  if (baseline === undefined) throw new Error(`${contest.title}: no baseline`);
  const results = runners.map(({ name, times }) => ({
    contestant: name,
    microseconds: 1_000 * median(times),
    ratio: median(times.map((time, round) => time / baseline[round]!)),
  }));
  const budgets = contest.budgets.map((budget) => {
    const result = results.find(({ contestant }) => contestant === budget.contestant);
    if (result === undefined) throw new Error(`${contest.title}: no ${budget.contestant}`);
    const { ratio, microseconds } = result;
    const msBeyond = microseconds / 1_000 - median(baseline);
    const held = "atMost" in budget ? ratio <= budget.atMost : msBeyond <= budget.atMostMsBeyond;
    return { ...budget, ratio, msBeyond, held };
  });
  return { title: contest.title, baseline: contest.baseline, results, budgets };
};

/** Warms up, and finds how many operations fill a batch. */
const calibrate = async (contestant: Contestant): Promise<number> => {
  for (let count = 1; ; count *= 2) {
    const spent = await timeOf(contestant, count);
    if (spent >= BATCH_MS) return Math.max(1, Math.ceil((count * BATCH_MS) / spent));
  }
};

/** Milliseconds for so many operations; only promises are waited for, since waiting costs as well. */
const timeOf = async (contestant: Contestant, count: number): Promise<number> => {
  const start = performance.now();
  let own: number | undefined;
  for (let i = 0; i < count; i++) {
    const outcome = contestant();
    const result: unknown = outcome instanceof Promise ? await outcome : outcome;
    if (typeof result === "number") own = (own ?? 0) + result;
  }
  return own ?? performance.now() - start;
};

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[times.length >> 1]!;
