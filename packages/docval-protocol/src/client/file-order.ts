import type { DocvalFileName } from "../file-name.js";
import { FILE_NAMES } from "../file-name.js";
import type { RandomBytes } from "../random.js";
import type { ClientBehaviour } from "./behaviour.js";

/** The names in the order in which a client sends them. */
export const inOrder = (
  names: Iterable<DocvalFileName>,
  order: ClientBehaviour["fileOrder"],
  random: RandomBytes,
): DocvalFileName[] => {
  const present = new Set(names);
  const ascending = FILE_NAMES.filter((name) => present.has(name));
  if (order === "ascending-sod-last") return ascending;
  if (order === "sod-first") {
    return [
      ...ascending.filter((name) => name === "sod"),
      ...ascending.filter((name) => name !== "sod"),
    ];
  }
  const keys = random(ascending.length);
  return ascending
    .map((name, index) => ({ name, key: keys[index]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ name }) => name);
};
