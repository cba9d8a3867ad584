import { toHex } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";

/** One case, for any test runner: it is passed where `run` resolves. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

export const conformanceCase = (name: string, body: () => void): ConformanceCase => ({
  name,
  async run() {
    body();
  },
});

/** @throws Error where two values, or the bytes of two arrays, differ. */
export const same = <T extends Uint8Array | boolean | number>(
  found: T,
  expected: T,
  what: string,
): void => {
  const [a, b] = [found, expected].map((value) =>
    value instanceof Uint8Array ? toHex(value) : String(value),
  );
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
};

/** @throws Error unless the call throws EmrtdError `CRYPTO_INPUT`. */
export const refused = (call: () => unknown, what: string): void => {
  try {
    call();
  } catch (error) {
    if (error instanceof EmrtdError && error.code === "CRYPTO_INPUT") return;
    throw new Error(`${what}: expected EmrtdError CRYPTO_INPUT`, { cause: error });
  }
  throw new Error(`${what}: expected EmrtdError CRYPTO_INPUT, found an answer`);
};

/** Bytes that look random and are the same each time. */
export const sampleBytes = (length: number, seed = 1): Uint8Array => {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state >> 16;
  });
};
