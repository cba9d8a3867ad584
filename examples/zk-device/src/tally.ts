/** What a fleet of terminals did. */
export interface Summary {
  /** Distinct punches that went out at least once. */
  readonly sent: number;
  readonly acknowledged: number;
  /** Punches in uploads that the server refused. */
  readonly rejected: number;
  /** Punches that went out again. */
  readonly resent: number;
  /** Commands carried out. */
  readonly commands: number;
  /** Milliseconds from an upload of punches to its answer; `null` when there was none. */
  readonly latencyMs: { readonly p50: number | null; readonly p99: number | null };
}

/** Counts what the terminals of a fleet do. */
export interface Tally {
  sent: number;
  acknowledged: number;
  rejected: number;
  resent: number;
  commands: number;
  /** Terminals that had an answer to their handshake. */
  readonly connected: Set<string>;
  readonly latencies: number[];
}

export const createTally = (): Tally => ({
  sent: 0,
  acknowledged: 0,
  rejected: 0,
  resent: 0,
  commands: 0,
  connected: new Set(),
  latencies: [],
});

export const summaryOf = (tally: Tally): Summary => {
  const { sent, acknowledged, rejected, resent, commands, latencies } = tally;
  const sorted = Float64Array.from(latencies).sort();
  const quantile = (share: number): number | null => {
    const value = sorted[Math.ceil(sorted.length * share) - 1];
    return value === undefined ? null : Math.round(value * 10) / 10;
  };
  return {
    sent,
    acknowledged,
    rejected,
    resent,
    commands,
    latencyMs: { p50: quantile(0.5), p99: quantile(0.99) },
  };
};
