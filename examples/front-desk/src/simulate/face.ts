/** Three samples of 8 bits a pixel, row after row. */
export interface ColourImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

type Colour = readonly [red: number, green: number, blue: number];

/** What makes one drawn face differ from another. */
export interface FaceShape {
  readonly skin: Colour;
  readonly hair: Colour;
  readonly coat: Colour;
  readonly long: boolean;
  /** 1 is as wide as most. */
  readonly wide: number;
}

/** 35 by 45, as a passport photograph is. */
export const FACE_SIZE = { width: 280, height: 360 } as const;

const GROUND: Colour = [214, 222, 230];
const WHITE: Colour = [250, 250, 250];
const DARK: Colour = [40, 34, 34];
const LIPS: Colour = [176, 92, 88];

/**
 * A face that nobody has, drawn of ellipses. The same drawing is printed on the page, signed into the chip
 * and seen by the camera, so that whoever looks at the desk sees one person three times.
 */
export const drawFace = (shape: FaceShape): ColourImage => {
  const { width, height } = FACE_SIZE;
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(
        colourAt((x - width / 2) / 100, (y - height * 0.47) / 100, shape),
        3 * (y * width + x),
      );
    }
  }
  return { width, height, pixels };
};

const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;

/** Coordinates in units of which the head is about one wide on each side, the nose at the origin. */
const colourAt = (x: number, y: number, { skin, hair, coat, long, wide }: FaceShape): Colour => {
  const side = Math.abs(x);
  const shade = (colour: Colour): Colour => {
    const light = 1.04 - 0.16 * Math.max(0, x) - 0.05 * Math.abs(y);
    return colour.map((value) =>
      Math.max(0, Math.min(255, Math.round(value * light))),
    ) as unknown as Colour;
  };
  const inHead = inside(x, y, 0, 0, 0.74 * wide, 1.02);
  const hairLine = -0.52 - 0.18 * (1 - side);
  if (inHead && y > hairLine) {
    if (inside(side, y, 0.3 * wide, -0.16, 0.055, 0.06)) return DARK;
    if (inside(side, y, 0.3 * wide, -0.16, 0.14, 0.075)) return WHITE;
    if (inside(side, y, 0.3 * wide, -0.36, 0.17, 0.03)) return hair;
    if (inside(x, y, 0, 0.5, 0.24, 0.065)) return LIPS;
    if (inside(x, y, 0.03, 0.16, 0.07, 0.12))
      return shade([skin[0] - 18, skin[1] - 20, skin[2] - 20]);
    return shade(skin);
  }
  if (inside(x, y, 0, -0.16, 0.84 * wide, 1.0) && y < (long ? 1.2 : 0.02)) return shade(hair);
  if (long && side < 0.86 * wide && side > 0.5 && y > 0 && y < 1.15) return shade(hair);
  if (side < 0.3 && y > 0.6 && y < 1.25) return shade([skin[0] - 16, skin[1] - 18, skin[2] - 18]);
  if (inside(x, y, 0, 2.1, 1.35, 1.02)) return shade(coat);
  return GROUND;
};
