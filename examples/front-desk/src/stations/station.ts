import type { FailedOutcome, FailureCode, Outcome, StepId } from "../story/index.js";

/** What a station makes of its step. It never rejects for what a device or a person does. */
export type Work = (signal: AbortSignal) => Promise<Outcome>;

export const failed = (
  step: StepId,
  failure: FailureCode,
  facts: readonly string[] = [],
  known?: FailedOutcome["known"],
): FailedOutcome => ({ step, failure, facts, ...(known === undefined ? {} : { known }) });

/** The code of whatever was thrown, for whoever looks closer; never its text, which may quote somebody. */
export const codeOf = (error: unknown): readonly string[] => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" || typeof code === "number" ? [String(code)] : [];
};

/** Waits for the first of a promise, a time and a signal. @returns undefined when the time is over. */
export const within = async <T>(
  promise: Promise<T>,
  ms: number,
  signal: AbortSignal,
): Promise<T | undefined> => {
  let settle = () => {};
  const over = new Promise<undefined>((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    if (signal.aborted) abort();
  });
  promise.catch(() => {});
  return Promise.race([promise, over]).finally(settle);
};
