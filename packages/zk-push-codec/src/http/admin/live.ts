import type { ServerEvent } from "../../engine/server/events.js";
import type { ServerStore } from "../../server-store.js";

/** Something that happened, for those who look on. */
export type LiveEvent = Exclude<ServerEvent, { event: "storeFailed" | "oddities" }>;

/** Joins what handles terminals with those who look on. */
export interface LiveFeed {
  /** Tells what happened: for `onEvents` of a handler or listener. */
  publish(events: readonly ServerEvent[]): void;
  /** Starts to look on; `undefined` when too many do already. */
  open(): LiveViewer | undefined;
  /** Ends every stream: the server goes down. */
  close(): void;
}

export interface LiveViewer {
  /** Events since the last call, the oldest left out when nobody called for long. */
  take(): readonly LiveEvent[];
  /** Resolves with something new, or after the time: another instance tells us nothing. */
  wait(ms: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

const MOST_VIEWERS = 100;
const MOST_WAITING = 200;

export const createLiveFeed = (): LiveFeed => {
  interface Viewer extends LiveViewer {
    waiting: LiveEvent[];
    wake: () => void;
  }
  const viewers = new Set<Viewer>();
  return {
    publish(events) {
      const shown = events.filter(
        (event): event is LiveEvent => event.event !== "storeFailed" && event.event !== "oddities",
      );
      if (shown.length === 0) return;
      for (const viewer of viewers) {
        viewer.waiting.push(...shown);
        viewer.waiting.splice(0, viewer.waiting.length - MOST_WAITING);
        viewer.wake();
      }
    },
    open() {
      if (viewers.size >= MOST_VIEWERS) return undefined;
      const viewer: Viewer = {
        waiting: [],
        wake: () => {},
        take: () => viewer.waiting.splice(0),
        wait: (ms) =>
          new Promise((resolve) => {
            if (viewer.waiting.length > 0 || viewer.closed) return resolve();
            const timer = setTimeout(resolve, ms);
            viewer.wake = () => {
              clearTimeout(timer);
              resolve();
            };
          }),
        get closed() {
          return !viewers.has(viewer);
        },
        close() {
          viewers.delete(viewer);
          viewer.wake();
        },
      };
      viewers.add(viewer);
      return viewer;
    },
    close() {
      for (const viewer of viewers) viewer.close();
    },
  };
};

/** Where the list of attendance ends now: the cursor that what comes next is behind. */
export const newestCursor = async (store: ServerStore): Promise<number> => {
  const { items } = await store.attendance({}, { limit: 1, order: "newest" });
  return Number(items[0]?.id ?? 0);
};
