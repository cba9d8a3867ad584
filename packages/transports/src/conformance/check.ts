import type { Frame } from "../channel.js";
import { systemClock } from "../clock.js";
import { TransportError, type TransportErrorCode } from "../errors.js";
import { sameBytes } from "../hex.js";

/** One thing that must hold. Give `name` and `run` to any test runner; a case fails by throwing. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** How the bytes under a transport are cut on their way: it must make no difference. */
export type Delivery = "whole" | "split" | "merged";

/** What a case that does not hold throws. */
export class ConformanceFailure extends Error {
  override readonly name = "ConformanceFailure";
}

export const check = (holds: boolean, expected: string): void => {
  if (!holds) throw new ConformanceFailure(`expected ${expected}`);
};

export const checkFrame = (found: Frame | undefined, expected: Frame, what: string): void => {
  check(typeof found === typeof expected, `${what}, found a frame of another kind, or none`);
  const same =
    typeof found === "string" || typeof expected === "string"
      ? found === expected
      : sameBytes(found!, expected);
  check(same, `${what}, found other content (length ${found!.length} for ${expected.length})`);
};

/** Nothing may hang: what takes longer than this has failed. */
export const within = <T>(ms: number, what: string, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = systemClock.schedule(ms, () =>
      reject(new ConformanceFailure(`expected ${what} within ${ms} ms`)),
    );
    promise.then(resolve, reject).finally(cancel);
  });

/** A promise that a failed case no longer waits for must not end the runner. */
export const hush = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => {});
  return promise;
};

/** The promise must reject with our error and this code. */
export const refused = async (
  what: string,
  promise: Promise<unknown>,
  ...codes: readonly TransportErrorCode[]
): Promise<TransportError> => {
  let error: unknown;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  check(error !== undefined, `${what} to be refused with ${codes.join(" or ")}, found it done`);
  if (error instanceof ConformanceFailure) throw error;
  const code = error instanceof TransportError ? error.code : String(error);
  check(
    error instanceof TransportError && codes.includes(error.code),
    `${what} to be refused with ${codes.join(" or ")}, found ${code}`,
  );
  return error as TransportError;
};

/** Lets everything that is ready happen. */
export const moment = (ms = 5): Promise<void> =>
  new Promise((resolve) => {
    systemClock.schedule(ms, resolve);
  });

/** Bytes that tell their place: no shift, cut or repetition of them looks the same. */
export const pattern = (length: number, seed = 0): Uint8Array => {
  const bytes = new Uint8Array(length);
  let state = (seed + 1) * 2_654_435_761;
  for (let i = 0; i < length; i++) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + i;
    bytes[i] = state >>> 24;
  }
  return bytes;
};

interface ListenerOptions {
  readonly once?: boolean;
}

/** A real signal that knows how many listen to it. */
export const countedSignal = (): {
  readonly signal: AbortSignal;
  readonly listeners: () => number;
  abort(reason?: unknown): void;
} => {
  const controller = new AbortController();
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const listeners = new Map<() => void, ListenerOptions | undefined>();
  Object.assign(signal, {
    addEventListener(type: "abort", listener: () => void, options?: ListenerOptions) {
      listeners.set(listener, options);
      add(type, listener, options);
    },
    removeEventListener(type: "abort", listener: () => void) {
      listeners.delete(listener);
      remove(type, listener);
    },
  });
  return {
    signal,
    listeners: () => listeners.size,
    abort(reason) {
      controller.abort(reason);
      for (const [listener, options] of listeners) if (options?.once) listeners.delete(listener);
    },
  };
};
