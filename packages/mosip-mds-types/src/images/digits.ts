import type { GreyImage } from "./grey-image.js";

/** Digits and a point, five rows of three dots each. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  "0": ["###", "#.#", "#.#", "#.#", "###"],
  "1": [".#.", "##.", ".#.", ".#.", "###"],
  "2": ["###", "..#", "###", "#..", "###"],
  "3": ["###", "..#", "###", "..#", "###"],
  "4": ["#.#", "#.#", "###", "..#", "..#"],
  "5": ["###", "#..", "###", "..#", "###"],
  "6": ["###", "#..", "###", "#.#", "###"],
  "7": ["###", "..#", ".#.", ".#.", ".#."],
  "8": ["###", "#.#", "###", "#.#", "###"],
  "9": ["###", "#.#", "###", "..#", "###"],
};

/** The image with a score in its upper left corner, white on a black field. */
export const drawScore = (image: GreyImage, score: number): GreyImage => {
  const text = String(Math.round(Math.min(100, Math.max(0, score))));
  const dot = Math.max(1, Math.floor(Math.min(image.width, image.height) / 40));
  const pixels = new Uint8Array(image.pixels);
  const paint = (left: number, top: number, width: number, height: number, value: number): void => {
    for (let y = top; y < Math.min(top + height, image.height); y++) {
      pixels.fill(
        value,
        y * image.width + Math.min(left, image.width),
        y * image.width + Math.min(left + width, image.width),
      );
    }
  };
  paint(0, 0, (4 * text.length + 1) * dot, 7 * dot, 0);
  [...text].forEach((digit, index) => {
    (GLYPHS[digit] ?? []).forEach((row, y) => {
      [...row].forEach((mark, x) => {
        if (mark === "#") {
          paint((1 + 4 * index + x) * dot, (1 + y) * dot, dot, dot, 255);
        }
      });
    });
  });
  return { ...image, pixels };
};
