import type { Clock } from "../channel.js";
import { SinosecuError } from "../errors.js";
import type { Notification } from "../messages/notification.js";
import { Trigger } from "../messages/trigger.js";
import { TriggerEx } from "../messages/trigger-ex.js";
import type { ClientMachine } from "./client-machine.js";
import type { Delivery } from "./deliver.js";
import type { createEmitter } from "./emitter.js";
import type { Engine } from "./engine.js";
import type { Reader, ReaderEvents, TriggerOutcome } from "./reader.js";

interface TriggerParts<Report> {
  readonly machine: ClientMachine;
  readonly delivery: Delivery;
  readonly engine: Engine;
  readonly emitter: ReturnType<typeof createEmitter<ReaderEvents<Report>>>;
  readonly clock: Clock;
}

/** Time beyond the seconds that were given, for reading and sending what was laid at the last moment. */
const MARGIN_MS = 5_000;
/** A scanner is told no time; it has this long. */
const SCAN_MS = 30_000;
/** How often it is looked at whether a document that came in at the end has been handed over. */
const LOOK_MS = 100;

/**
 * Manual triggers. They are notifications and never answered (manual, 4.3.11): the next document is
 * the answer, or the next sentence of the service while no document comes in, or the time runs out.
 */
export const createTrigger = <Report>({
  machine,
  delivery,
  engine,
  emitter,
  clock,
}: TriggerParts<Report>): Pick<Reader<Report>, "trigger" | "triggerEx"> => {
  const run = async (
    notification: Notification,
    value: unknown,
    readingMs: number,
    signal: AbortSignal | undefined,
  ): Promise<TriggerOutcome<Report>> => {
    signal?.throwIfAborted();
    const startedAt = clock.now();
    await engine.notify(notification, value, readingMs);
    return new Promise((resolve, reject) => {
      const undo: (() => void)[] = [];
      const settle = (done: () => void): void => {
        for (const each of undo.splice(0)) each();
        done();
      };
      /** A document that is coming in, or whose chip is being judged, may still be the answer. */
      const giveUp = (error: SinosecuError): void => {
        if (machine.gathering || delivery.busy) undo.push(wait(LOOK_MS, error));
        else settle(() => reject(error));
      };
      const wait = (ms: number, error: SinosecuError) => clock.schedule(ms, () => giveUp(error));
      undo.push(
        emitter.on("document", (document) => {
          // The one that the trigger itself brought to an end is not the answer.
          if (document.closedAt > startedAt) settle(() => resolve({ document }));
        }),
        emitter.on("message", ({ reason, text }) => {
          const answers = reason === "other" || reason === "reading-failed";
          if (answers && !machine.gathering) settle(() => resolve({ message: text }));
        }),
        emitter.on("status", ({ connection }) => {
          if (connection === "closed") settle(() => reject(lost()));
          else if (connection !== "open") giveUp(lost());
        }),
        wait(readingMs, expired(readingMs)),
      );
      if (signal) {
        const abort = (): void => settle(() => reject(signal.reason));
        signal.addEventListener("abort", abort, { once: true });
        undo.push(() => signal.removeEventListener("abort", abort));
      }
    });
  };

  return {
    trigger: (seconds, { signal } = {}) =>
      run(Trigger as Notification, seconds, seconds * 1_000 + MARGIN_MS, signal),
    triggerEx: (documentId, { signal } = {}) =>
      run(TriggerEx as Notification, { DocumentId: documentId }, SCAN_MS, signal),
  };
};

const expired = (ms: number): SinosecuError =>
  new SinosecuError("TRIGGER_TIMEOUT", `expected a document in ${ms} ms, none was read`);

const lost = (): SinosecuError =>
  new SinosecuError("CONNECTION_LOST", "expected the connection to hold while a document is read");
