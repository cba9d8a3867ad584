import type { Conversation } from "../chip/conversation.js";

/** A conversation that moves on by one answer; what it throws is a result like any other. */
export type PumpStep<Step, Result> =
  | { readonly done: false; readonly step: Step }
  | { readonly done: true; readonly result: Result }
  | { readonly done: "failed"; readonly cause: unknown };

/** A conversation that is begun by its first step, so that whatever goes wrong then is its own. */
export function* begun<Step, Result>(
  begin: () => Conversation<Step, Result>,
): Conversation<Step, Result> {
  return yield* begin();
}

/** Starts a conversation, or goes on with an answer. */
export const pump = <Step, Result>(
  conversation: Conversation<Step, Result>,
  answer?: Uint8Array,
): PumpStep<Step, Result> => {
  try {
    const next = answer ? conversation.next(answer) : conversation.next(new Uint8Array());
    return next.done ? { done: true, result: next.value } : { done: false, step: next.value };
  } catch (cause) {
    return { done: "failed", cause };
  }
};
