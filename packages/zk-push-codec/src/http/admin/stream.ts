import { attendanceDocument } from "../../server/attendance-document.js";
import type { ServerStore } from "../../server-store.js";
import { Problem, SAFE_HEADERS } from "./answers.js";
import { type LiveFeed, newestCursor } from "./live.js";

/** Rows at most in one go. */
const ROWS = 200;
/** Proxies cut what is silent for long. */
const SILENCE_MS = 15_000;
/** How long punches that another instance took may wait to be seen. */
const LOOK_EVERY_MS = 1_000;

/**
 * Server-sent events: `punch` for each row of attendance, in the order of the list, with its id, so
 * that a browser that lost the connection misses none; `terminal` for what happened to terminals.
 *
 * @param lastId id of the last row that is known; absent: from now on.
 */
export const streamAnswer = async (
  store: ServerStore,
  feed: LiveFeed,
  lastId: string | null,
): Promise<Response> => {
  const viewer = feed.open();
  if (viewer === undefined) throw new Problem(503, "BUSY", "expected fewer streams at once");
  let cursor: number;
  try {
    const known = lastId !== null && /^\d{1,15}$/.test(lastId);
    cursor = known ? Number(lastId) : await newestCursor(store);
  } catch (error) {
    viewer.close();
    throw error;
  }
  const utf8 = new TextEncoder();
  let spokeAt = 0;
  const news = async (): Promise<string> => {
    const terminals = viewer.take().map((event) => message("terminal", event));
    const { items } = await store.attendance({}, { cursor: cursor.toString(), limit: ROWS });
    const punches = items.map((row) => message("punch", attendanceDocument(row), row.id));
    cursor = Number(items.at(-1)?.id ?? cursor);
    return [...terminals, ...punches].join("");
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (!viewer.closed) {
        const text = await news();
        const due = Date.now() - spokeAt > SILENCE_MS;
        if (text !== "" || due) {
          spokeAt = Date.now();
          controller.enqueue(utf8.encode(text === "" ? ":\n\n" : text));
          return;
        }
        await viewer.wait(LOOK_EVERY_MS);
      }
      controller.close();
    },
    cancel: () => viewer.close(),
  });
  return new Response(body, {
    headers: { ...SAFE_HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" },
  });
};

const message = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
