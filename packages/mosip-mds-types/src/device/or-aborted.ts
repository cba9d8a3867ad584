/** The value, or nothing as soon as the signal aborts. */
export const orAborted = <T>(value: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });

/** Ends a source without waiting for it: one that hangs is left behind. */
export const leaveBehind = (source: AsyncIterator<unknown>): void => {
  source.return?.().catch(() => undefined);
};
