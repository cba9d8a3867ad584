import { type Wire, wireOf } from "../bytes.js";

/** Start of the content in a reply of lines. */
export const CONTENT = /(?:^|\n)(Content)=/i;

const KEY = "Content";

/** The file or output at the end of a reply. */
export interface ReplyContent {
  readonly content?: Uint8Array;
  /** The letter case of `Content`, where it is another than the document's. */
  readonly contentKey?: string;
}

/** A reply of lines, cut before its content. */
export const cutContent = (
  wire: Wire,
): { head: Wire; content?: Wire; spelling?: Pick<ReplyContent, "contentKey"> } => {
  const match = CONTENT.exec(wire);
  if (match === null) return { head: wire };
  const [, contentKey = KEY] = match;
  return {
    head: wire.slice(0, match.index),
    content: wire.slice(match.index + match[0].length),
    spelling: contentKey === KEY ? {} : { contentKey },
  };
};

/** The end of a reply; a key that is not `Content` in any letter case is written as the document has it. */
export const writeContent = ({ content, contentKey = KEY }: ReplyContent): Wire => {
  if (content === undefined) return "";
  return `\n${/^content$/i.test(contentKey) ? contentKey : KEY}=${wireOf(content)}`;
};
