import type { GreyImage } from "../images/grey-image.js";

/** 35 by 45, as a passport photograph is. */
const WIDTH = 280;
const HEIGHT = 360;

/** A face that nobody has: head, hair, eyes, nose and mouth before a white ground. */
export const drawFace = (next: () => number): GreyImage => {
  const head = { width: 84 + 16 * next(), height: 116 + 16 * next(), shade: 130 + 80 * next() };
  const hair = { line: 0.55 + 0.2 * next(), shade: 20 + 70 * next() };
  const eyes = { apart: 32 + 8 * next(), top: -20 + 8 * next(), size: 7 + 3 * next() };
  const mouth = { width: 24 + 14 * next(), top: 56 + 8 * next(), bend: 5 * (next() - 0.3) };
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const dx = x - WIDTH / 2;
      const dy = y - HEIGHT * 0.48;
      const inside = Math.hypot(dx / head.width, dy / head.height);
      const eye = Math.hypot(Math.abs(dx) - eyes.apart, (dy - eyes.top) * 1.6);
      const lip = Math.abs(dy - mouth.top + (mouth.bend * dx * dx) / (mouth.width * mouth.width));
      let value = 252;
      if (dy > head.height * 0.8 && Math.abs(dx) < 60 + 1.4 * (dy - head.height * 0.8)) {
        value = 90;
      }
      if (inside < 1) {
        value = head.shade - 25 * inside - 14 * Math.max(0, dx / head.width);
        if (dy < -hair.line * head.height) {
          value = hair.shade + 10 * Math.sin(dx / 3);
        } else if (eye < eyes.size) {
          value = eye < eyes.size * 0.55 ? 25 : 235;
        } else if (Math.abs(dx) < 5 && dy > 0 && dy < 34) {
          value -= 22;
        } else if (lip < 4 && Math.abs(dx) < mouth.width) {
          value = 85;
        }
      }
      pixels[y * WIDTH + x] = Math.min(255, Math.max(0, Math.round(value + 4 * (next() - 0.5))));
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
};
