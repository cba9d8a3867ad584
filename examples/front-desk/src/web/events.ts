import type { Desk } from "../desk.js";
import type { Part } from "./view.js";

export interface DeskEvents {
  /** What the page shows now. */
  readonly draw: () => {
    readonly parts: readonly Part[];
    readonly states: Readonly<Record<string, string>>;
  };
  readonly desk: Desk;
  /** Fires when the page has gone, which nothing else says until there is something to send. */
  readonly signal: AbortSignal;
  /** Hears of changes that are not the story's. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Proxies cut what is silent for long. */
const SILENCE_MS = 15_000;
/** Events that may wait for a page that does not read. */
const MOST_WAITING = 100;

/**
 * Server-sent events for one page: at first every part, then those that changed. Whoever loads the page
 * anew, or opens it twice, sees the same story.
 */
export const deskEvents = ({
  draw,
  desk,
  signal,
  onChange,
}: DeskEvents): ReadableStream<Uint8Array> => {
  const utf8 = new TextEncoder();
  const sent = new Map<string, string>();
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => {
        controller.enqueue(utf8.encode(text));
        if ((controller.desiredSize ?? 0) > -MOST_WAITING) return;
        end();
      };
      const end = () => {
        stop();
        controller.close();
      };
      const tell = () => {
        const { parts, states } = draw();
        const changed = parts.filter(({ id, html }) => sent.get(id) !== html.text);
        for (const { id, html } of changed) sent.set(id, html.text);
        const data = {
          parts: Object.fromEntries(changed.map(({ id, html }) => [id, html.text])),
          states,
          forgetsInMs: desk.forgetsInMs,
          visit: desk.story.visit,
        };
        write(`event: parts\ndata: ${JSON.stringify(data)}\n\n`);
      };
      tell();
      const stops = [desk.onChange(tell), onChange(tell)];
      const timer = setInterval(() => write(":\n\n"), SILENCE_MS);
      signal.addEventListener("abort", end, { once: true });
      stop = () => {
        signal.removeEventListener("abort", end);
        clearInterval(timer);
        for (const end of stops) end();
      };
    },
    cancel: () => stop(),
  });
};
