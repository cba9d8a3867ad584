import { encode } from "jpeg-js";
import type { ColourImage } from "./face.js";

/** JPEG of an image. */
export const toJpeg = ({ width, height, pixels }: ColourImage, quality = 88): Uint8Array => {
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    data.set(pixels.subarray(3 * i, 3 * i + 3), 4 * i);
    data[4 * i + 3] = 255;
  }
  return new Uint8Array(encode({ width, height, data }, quality).data);
};

const PAGE = { width: 560, height: 392 } as const;
const PORTRAIT = { x: 28, y: 44, scale: 0.62 } as const;

const PAPER = [226, 232, 226] as const;
const INK = [60, 66, 78] as const;

/** The data page: portrait, lines where the text stands, and the zone at its foot. */
export const drawPage = (face: ColourImage, zone: readonly string[]): Uint8Array => {
  const { width, height } = PAGE;
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const inked = isInk(x, y, zone);
      const weave = inked ? 0 : ((x + y) % 24 < 12 ? 2 : 0) + ((x + 2 * y) % 34 < 17 ? 2 : 0);
      const colour = inked ? INK : PAPER;
      for (let i = 0; i < 3; i++) pixels[at + i] = colour[i]! + weave;
    }
  }
  for (let y = 0; y < Math.floor(face.height * PORTRAIT.scale); y++) {
    for (let x = 0; x < Math.floor(face.width * PORTRAIT.scale); x++) {
      const row = Math.floor(y / PORTRAIT.scale) * face.width;
      const from = 3 * (row + Math.floor(x / PORTRAIT.scale));
      const to = 3 * ((y + PORTRAIT.y) * width + x + PORTRAIT.x);
      for (let i = 0; i < 3; i++) pixels[to + i] = face.pixels[from + i]!;
    }
  }
  return toJpeg({ width, height, pixels }, 75);
};

const ZONE_TOP = 296;
const ZONE_LINE = 30;
const LETTER = 11.8;
const LENGTHS = [200, 240, 96, 160, 128] as const;

/** Text is drawn as bars, as long as the words. */
const isInk = (x: number, y: number, zone: readonly string[]): boolean => {
  if (y >= ZONE_TOP) {
    const row = (y - ZONE_TOP) % ZONE_LINE;
    const place = (x - 20) / LETTER;
    const letter = zone[Math.floor((y - ZONE_TOP) / ZONE_LINE)]?.[Math.floor(place)];
    const within = place - Math.floor(place);
    if (x < 20 || letter === undefined || row < 4 || row > 20) return false;
    if (within < 0.2 || within > 0.8) return false;
    return letter === "<" ? Math.abs(row - 12) < 2 : (letter.charCodeAt(0) + row * 3) % 7 > 1;
  }
  if (x < 232 || y < 56) return false;
  const line = Math.floor((y - 56) / 42);
  const row = (y - 56) % 42;
  return row > 11 && row < 24 && x - 232 < (LENGTHS[line] ?? 0) && (x * 5 + line) % 17 > 3;
};
