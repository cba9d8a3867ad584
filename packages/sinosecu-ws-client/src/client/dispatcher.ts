import { SinosecuError } from "../errors.js";
import { type Display, displayedFailure, FAILURE_FIELD } from "../messages/display.js";
import type { Field } from "../messages/fields.js";
import type { ServiceMessage } from "../service-message.js";
import type { SessionInput } from "../session/card-session.js";
import type { Correlator } from "./correlator.js";
import type { ClientEvent } from "./events.js";
import type { StatusObserver } from "./greeting.js";

/** What a message of the service sets in motion. */
export interface DispatcherTargets {
  readonly correlator: Pick<Correlator, "receive" | "images">;
  readonly observer: StatusObserver;
  emit(event: ClientEvent): void;
  emitStatus(): void;
  feed(input: SessionInput, now: number): void;
  /** Ends the connection to come back after a pause. */
  drop(now: number, reason: string, pauseMs: number): void;
  askStatus(now: number): void;
  readonly restartMs: number;
}

/** Hands each message of the service to those whom it concerns. */
export const dispatch = (message: ServiceMessage, now: number, to: DispatcherTargets): void => {
  switch (message.kind) {
    case "replies":
      to.correlator.receive(message.items, now);
      return;
    case "card-content-text":
      to.feed({ kind: "text", fields: message.value, ...withFailure(message.value) }, now);
      return;
    case "all-in-one": {
      const { fields, images } = message.value;
      to.feed({ kind: "document", fields, images, ...withFailure(fields) }, now);
      return;
    }
    case "images": {
      const images = message.value;
      if (to.correlator.images(images, now) !== "news") return;
      to.feed({ kind: "attachment", part: { kind: "images", images } }, now);
      return;
    }
    case "custom-data":
      to.feed({ kind: "attachment", part: { kind: "custom", fields: message.value } }, now);
      return;
    case "card-detected":
      to.emit({ type: "card", card: "detected" });
      to.feed({ kind: "detected" }, now);
      return;
    case "card-takenaway":
      to.emit({ type: "card", card: "taken-away" });
      to.feed({ kind: "taken-away" }, now);
      return;
    case "display":
      display(message.value, now, to);
      return;
    case "ask-for-support":
      to.emit({ type: "message", reason: "support", text: message.value });
      return;
    case "reconnect":
      to.emit({ type: "message", reason: "reconnect", text: message.value });
      to.drop(now, "reconnect", 0);
      return;
    case "restart-service":
      to.emit({ type: "message", reason: "restart", text: message.value });
      to.drop(now, "restart", to.restartMs);
      return;
    case "unknown": {
      const error = new SinosecuError(
        "MESSAGE_INVALID",
        "expected a notification that is known, found another command or operand",
      );
      to.emit({ type: "protocol-error", error });
      return;
    }
  }
};

const withFailure = (fields: readonly Field[]): { failure?: string } => {
  const failure = fields.find(({ name }) => name === FAILURE_FIELD)?.content;
  return failure === undefined ? {} : { failure };
};

const display = (shown: Display, now: number, to: DispatcherTargets): void => {
  const failure = displayedFailure(shown);
  if (failure !== undefined) {
    to.emit({ type: "message", reason: "reading-failed", text: failure });
    to.feed({ kind: "failure", failure }, now);
    return;
  }
  const text = shown.form === "fields" ? "" : shown.text;
  const meaning = to.observer.meaning(text);
  if (meaning === undefined || meaning === "command-refused") {
    to.emit({ type: "message", reason: "other", text });
    // In a language that nobody here knows it may be the reader that was unplugged: ask.
    to.askStatus(now);
    return;
  }
  to.emit({ type: "message", reason: meaning, text });
  if (!meaning.startsWith("device-")) return;
  to.observer.say(text);
  to.emitStatus();
};
