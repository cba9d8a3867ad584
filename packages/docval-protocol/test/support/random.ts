import type { RandomBytes } from "../../src/random.js";

/** Bytes that are different every time and the same in every run. */
export const countingRandom = (seed = 1): RandomBytes => {
  let state = seed >>> 0;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
};
