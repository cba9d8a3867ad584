import { type PublishOptions, publishDue } from "../server/publish.js";

/** How a sink is served all the time. */
export interface PublisherOptions extends PublishOptions {
  /** Milliseconds between looks when there was nothing. Default 1,000. */
  readonly idleMs?: number;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Told why the sink did not take something. */
  readonly onFailure?: (failure: unknown) => void;
}

/** A sink that is served until it is closed. */
export interface Publisher {
  /** Looks now: something was committed. */
  wake(): void;
  /** Ends after the pass that is under way. */
  close(): Promise<void>;
}

const IDLE_MS = 1_000;

/**
 * Serves a sink: everything that waits, then what comes. Several processes may serve the same sink;
 * the store's leases keep them apart.
 */
export const startPublisher = (options: PublisherOptions): Publisher => {
  const { idleMs = IDLE_MS, now = Date.now, onFailure } = options;
  let closed = false;
  let wake = () => {};
  let end = () => {};
  /** @param wakeable whether news ends it: not while a sink is left alone. */
  const pause = (ms: number, wakeable: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      end = () => {
        clearTimeout(timer);
        resolve();
      };
      wake = wakeable ? end : () => {};
    });
  /** @returns milliseconds until it is worth looking again, and whether news may shorten them. */
  const pass = async (): Promise<readonly [ms: number, wakeable: boolean]> => {
    const started = now();
    try {
      const { delivered, failure, retryAt = started } = await publishDue(options, started);
      if (failure === undefined) return [delivered > 0 ? 0 : idleMs, true];
      onFailure?.(failure);
      return [retryAt - started, false];
    } catch (failure) {
      onFailure?.(failure);
      return [idleMs, false];
    }
  };
  const run = async (): Promise<void> => {
    while (!closed) {
      const [ms, wakeable] = await pass();
      if (ms > 0 && !closed) await pause(ms, wakeable);
    }
  };
  const ended = run();
  return {
    wake: () => wake(),
    close() {
      closed = true;
      end();
      return ended;
    },
  };
};
