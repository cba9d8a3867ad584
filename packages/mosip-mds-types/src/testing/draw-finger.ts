import type { GreyImage } from "../images/grey-image.js";
import type { Minutia } from "../records/finger-minutiae.js";

/** Size of a drawn finger, in pixels of 500 an inch. */
const WIDTH = 256;
const HEIGHT = 352;
/** Ridges are about nine pixels apart at this resolution. */
const RIDGE_PERIOD = 9;
/** At least twelve are demanded of an extractor. */
const FEWEST_MINUTIAE = 14;

export interface DrawnFinger {
  readonly image: GreyImage;
  /** The minutiae that the picture really has. */
  readonly minutiae: readonly Minutia[];
}

interface Spiral {
  readonly x: number;
  readonly y: number;
  readonly sign: number;
}

/**
 * A fingerprint that no finger has.
 *
 * Ridges are the cosine of a phase that grows round a core; a turn of the phase round a point makes a ridge
 * begin or end there, which is what a minutia is. So the picture and its minutiae belong together.
 */
export const drawFinger = (next: () => number): DrawnFinger => {
  const core = { x: WIDTH * (0.42 + 0.16 * next()), y: HEIGHT * (0.4 + 0.12 * next()) };
  const stretch = 1.1 + 0.5 * next();
  const twist = 2 + 4 * next();
  const spirals = Array.from(
    { length: FEWEST_MINUTIAE + Math.floor(10 * next()) },
    (): Spiral => ({
      x: Math.round(WIDTH * (0.18 + 0.64 * next())),
      y: Math.round(HEIGHT * (0.15 + 0.7 * next())),
      sign: next() < 0.5 ? -1 : 1,
    }),
  );
  const flow = (x: number, y: number): number => {
    const dx = x - core.x;
    const dy = (y - core.y) / stretch;
    return (
      (2 * Math.PI * Math.hypot(dx, dy)) / RIDGE_PERIOD +
      twist * Math.sin(Math.atan2(dy, dx) + dy / HEIGHT)
    );
  };
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      pixels[y * WIDTH + x] = shade(x, y, flow, spirals, next());
    }
  }
  return {
    image: { width: WIDTH, height: HEIGHT, pixels },
    minutiae: spirals.map((spiral) => minutiaAt(spiral, flow, next)),
  };
};

const shade = (
  x: number,
  y: number,
  flow: (x: number, y: number) => number,
  spirals: readonly Spiral[],
  noise: number,
): number => {
  const edge = Math.hypot((x - WIDTH / 2) / (WIDTH * 0.46), (y - HEIGHT / 2) / (HEIGHT * 0.47));
  const cover = Math.min(1, Math.max(0, 8 * (1 - edge)));
  if (cover === 0) {
    return 250 + Math.round(5 * noise);
  }
  let phase = flow(x, y);
  for (const spiral of spirals) {
    phase += spiral.sign * Math.atan2(y - spiral.y, x - spiral.x);
  }
  const ridge = 0.5 - 0.5 * Math.cos(phase);
  return Math.round(255 - cover * (60 + 150 * ridge) - 12 * noise);
};

/** A ridge runs along the line on which the phase stays the same. */
const minutiaAt = (
  { x, y, sign }: Spiral,
  flow: (x: number, y: number) => number,
  next: () => number,
): Minutia => {
  const gradient = Math.atan2(flow(x, y + 1) - flow(x, y - 1), flow(x + 1, y) - flow(x - 1, y));
  const turns = (0.25 - gradient / (2 * Math.PI) + 2) % 1;
  return {
    type: sign > 0 ? 1 : 2,
    x,
    y,
    angle: Math.floor(256 * turns) % 256,
    quality: 60 + Math.floor(40 * next()),
  };
};
