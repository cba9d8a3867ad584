import { encode } from "jpeg-js";
import type { Picture } from "../story/index.js";
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

const PAGE = { width: 700, height: 490 } as const;

/** How each lamp sees the page: its paper, its ink, and how much of the portrait. */
const LIGHTS = {
  white: { paper: [226, 232, 226], ink: [60, 66, 78], portrait: 1 },
  infrared: { paper: [206, 206, 206], ink: [40, 40, 40], portrait: 0.5 },
  ultraviolet: { paper: [30, 34, 66], ink: [92, 120, 196], portrait: 0.12 },
} as const;
export type Light = keyof typeof LIGHTS;

/** The data page under a lamp: portrait, lines where the text stands, and the zone at its foot. */
export const drawPage = (face: ColourImage, zone: readonly string[], light: Light): Uint8Array => {
  const { width, height } = PAGE;
  const { paper, ink, portrait } = LIGHTS[light];
  const pixels = new Uint8Array(3 * width * height);
  const put = (x: number, y: number, colour: readonly number[]) =>
    pixels.set(colour, 3 * (y * width + x));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const weave = 3 * Math.sin((x + y) / 11) + 3 * Math.sin((x - 2 * y) / 17);
      put(x, y, isInk(x, y, zone) ? ink : paper.map((value) => value + weave));
    }
  }
  const scale = 0.75;
  for (let y = 0; y < Math.floor(face.height * scale); y++) {
    for (let x = 0; x < Math.floor(face.width * scale); x++) {
      const at = 3 * (Math.floor(y / scale) * face.width + Math.floor(x / scale));
      const colour = [0, 1, 2].map(
        (i) => face.pixels[at + i]! * portrait + paper[i]! * (1 - portrait),
      );
      put(x + 36, y + 60, light === "white" ? colour : colour.map(() => colour[1]!));
    }
  }
  return toJpeg({ width, height, pixels }, 75);
};

/** Text is drawn as bars, as long as the words. */
const isInk = (x: number, y: number, zone: readonly string[]): boolean => {
  const line = Math.floor((y - 372) / 38);
  const row = (y - 372) % 38;
  if (y >= 372 && line < zone.length && row > 4 && row < 26) {
    const cell = Math.floor((x - 24) / 14.8);
    const within = (x - 24) % 14.8;
    const letter = zone[line]?.[cell];
    if (x < 24 || letter === undefined || within < 3 || within > 11) return false;
    return letter === "<" ? Math.abs(row - 15) < 2 : (letter.charCodeAt(0) + row * 3) % 7 > 1;
  }
  if (x < 290 || x > 660 || y < 70 || y > 330) return false;
  const text = Math.floor((y - 70) / 52);
  const length = [250, 300, 120, 200, 160][text] ?? 0;
  const inLine = (y - 70) % 52;
  return inLine > 14 && inLine < 30 && x - 290 < length && (x * 5 + text) % 17 > 3;
};

export const jpegPicture = (bytes: Uint8Array): Picture => ({ mediaType: "image/jpeg", bytes });
