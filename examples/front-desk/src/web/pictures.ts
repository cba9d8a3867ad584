import { createHash } from "node:crypto";
import type { Picture, Visitor } from "../story/index.js";

/** The pictures of the visit that is on: nothing else is ever served. */
export const picturesOf = (visitor: Visitor): readonly Picture[] =>
  [visitor.page?.portrait, visitor.chip?.portrait, visitor.capture?.picture].filter(
    (picture) => picture !== undefined,
  );

const names = new WeakMap<Picture, string>();

/** A name that a picture has by its content, so that a page never shows the one before. */
export const nameOfPicture = (picture: Picture): string => {
  const known = names.get(picture);
  if (known !== undefined) return known;
  const name = createHash("sha256").update(picture.bytes).digest("hex").slice(0, 24);
  names.set(picture, name);
  return name;
};
