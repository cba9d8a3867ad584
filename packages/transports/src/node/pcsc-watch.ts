import type { CardInfo } from "../apdu-transport.js";
import type { Clock } from "../clock.js";
import type { PcscBinding, PcscContext, PcscReaderState } from "./pcsc-binding.js";
import { holdsCard, nextStates, openContext, WAIT_MS } from "./pcsc-reader.js";

/**
 * Watches one reader until it is stopped, in a context of its own: a wait holds its context. A reader
 * or service that is gone counts as a card that is gone, and is looked for again.
 */
export const watchReader = (
  binding: PcscBinding,
  name: string,
  clock: Clock,
  onCard: (card: CardInfo | undefined) => void,
): { stop(): void } => {
  let stopped = false;
  let context: PcscContext | undefined;
  let endPause = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const cancel = clock.schedule(WAIT_MS, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });

  const watch = async () => {
    let known: PcscReaderState = { name, state: 0, atr: null };
    while (!stopped) {
      try {
        context ??= openContext(binding);
        const [next] = await nextStates(context, [known]);
        if (!next || stopped) continue;
        const repeated = next.state === known.state;
        known = next;
        onCard(holdsCard(next) && next.atr ? { atr: new Uint8Array(next.atr) } : undefined);
        // A driver that reports the same state as news must not make this loop spin.
        if (repeated) await pause();
      } catch {
        context?.close();
        context = undefined;
        known = { name, state: 0, atr: null };
        if (stopped) break;
        onCard(undefined);
        await pause();
      }
    }
    context?.close();
  };
  void watch();

  return {
    stop() {
      stopped = true;
      endPause();
      try {
        context?.cancel();
      } catch {
        // Then the wait ends by its own time.
      }
    },
  };
};
