/** How the client stands to the service. */
export type ConnectionState = "idle" | "connecting" | "open" | "waiting" | "closed";

/** What moves it: ours (`start`, `retry`, `drop`, `stop`) and the channel's (`opened`, `lost`). */
export type ConnectionEvent = "start" | "opened" | "lost" | "drop" | "retry" | "give-up" | "stop";

/** The transitions as data; what is not here does not happen. */
export const CONNECTION_TRANSITIONS: Readonly<
  Record<ConnectionState, { readonly [event in ConnectionEvent]?: ConnectionState }>
> = {
  idle: { start: "connecting", stop: "closed" },
  connecting: { opened: "open", lost: "waiting", "give-up": "closed", stop: "closed" },
  open: { lost: "waiting", drop: "waiting", "give-up": "closed", stop: "closed" },
  waiting: { retry: "connecting", "give-up": "closed", stop: "closed" },
  closed: {},
};

export interface BackoffOptions {
  /** Pause before the first new attempt, in milliseconds. */
  readonly firstMs?: number;
  readonly maxMs?: number;
  /** A connection that held this long makes the next pause short again. */
  readonly stableMs?: number;
}

/** The pauses between attempts: each twice the one before, until a connection has held. */
export const createBackoff = ({
  firstMs = 500,
  maxMs = 30_000,
  stableMs = 10_000,
}: BackoffOptions = {}) => {
  let attempts = 0;
  return {
    /**
     * @param heldMs how long the connection held; undefined where it never opened.
     * @param atLeastMs a pause that the service asked for.
     */
    next(heldMs: number | undefined, atLeastMs = 0): number {
      if (heldMs !== undefined && heldMs >= stableMs) attempts = 0;
      const pause = Math.min(maxMs, firstMs * 2 ** Math.min(attempts, 30));
      attempts += 1;
      return Math.max(pause, atLeastMs);
    },
  };
};
