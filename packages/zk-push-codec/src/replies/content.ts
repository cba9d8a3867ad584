import type { Wire } from "../bytes.js";

/** Start of the content in a reply of lines. */
export const CONTENT = /(?:^|\n)Content=/i;

/** A reply of lines, cut before its content. */
export const cutContent = (wire: Wire): { head: Wire; content?: Wire } => {
  const match = CONTENT.exec(wire);
  if (match === null) return { head: wire };
  return { head: wire.slice(0, match.index), content: wire.slice(match.index + match[0].length) };
};
