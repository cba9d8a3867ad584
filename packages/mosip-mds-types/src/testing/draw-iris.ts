import type { GreyImage } from "../images/grey-image.js";

/** Diameter of a drawn iris: at least 150 pixels are demanded. */
export const IRIS_DIAMETER = 200;
/** Half the diameter to either side, a quarter above and below. MDS 0.8.4, section 3. */
const WIDTH = 2 * IRIS_DIAMETER;
const HEIGHT = (3 * IRIS_DIAMETER) / 2;

/** An iris that no eye has: pupil, furrows from pupil to rim, rings, and lids. */
export const drawIris = (next: () => number): GreyImage => {
  const pupil = IRIS_DIAMETER * (0.16 + 0.08 * next());
  const furrows = Array.from({ length: 24 }, () => ({
    lines: 5 + Math.floor(40 * next()),
    phase: 2 * Math.PI * next(),
    twist: 3 * (next() - 0.5),
    strength: 4 + 10 * next(),
  }));
  const rings = { period: 8 + 8 * next(), phase: 2 * Math.PI * next() };
  const lid = HEIGHT * (0.05 + 0.05 * next());
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const dx = x - WIDTH / 2;
      const dy = y - HEIGHT / 2;
      const radius = Math.hypot(dx, dy);
      const noise = 8 * (next() - 0.5);
      let value: number;
      if (y < lid + (dx * dx) / 900 || y > HEIGHT - lid - (dx * dx) / 1400) {
        value = 150 + 6 * Math.sin(x / 3);
      } else if (radius < pupil) {
        value = 22;
      } else if (radius < IRIS_DIAMETER / 2) {
        const angle = Math.atan2(dy, dx);
        value = 105 + 10 * Math.cos(radius / rings.period + rings.phase);
        for (const { lines, phase, twist, strength } of furrows) {
          value += (strength * Math.cos(lines * angle + phase + (twist * radius) / 20)) / 3;
        }
      } else {
        value = 215 - Math.min(40, (radius - IRIS_DIAMETER / 2) / 3);
      }
      pixels[y * WIDTH + x] = Math.min(255, Math.max(0, Math.round(value + noise)));
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
};
