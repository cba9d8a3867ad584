import type { RandomBytes } from "../bytes.js";

/** Numbers from 0 to 1 out of a seed: for drawing, never for keys. */
export const drawingNumbers = (random: RandomBytes): (() => number) => {
  const seed = random(4);
  let state = (seed[0]! | (seed[1]! << 8) | (seed[2]! << 16) | (seed[3]! << 24)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
