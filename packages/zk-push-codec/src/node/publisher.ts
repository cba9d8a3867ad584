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
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idleMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!closed) {
      try {
        const { delivered, failure } = await publishDue(options, now());
        if (failure !== undefined) onFailure?.(failure);
        if (delivered > 0 && failure === undefined) continue;
      } catch (failure) {
        onFailure?.(failure);
      }
      if (!closed) await pause();
    }
  };
  const ended = run();
  return {
    wake: () => wake(),
    close() {
      closed = true;
      wake();
      return ended;
    },
  };
};
