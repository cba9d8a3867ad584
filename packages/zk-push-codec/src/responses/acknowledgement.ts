import { bytesOf, wireOf } from "../bytes.js";
import { ZkPushError } from "../errors.js";
import type { Codec } from "../keyed-message.js";

/** What a server says of an upload or a reply. */
export type Acknowledgement =
  /** Stored. The count is written for uploads of lines and checked by no terminal. */
  | { readonly accepted: true; readonly count?: number; readonly text?: string }
  /** Not stored: the terminal keeps its data and comes again. */
  | { readonly accepted: false; readonly text: string };

/** A terminal looks for these two letters, anywhere in the body. */
const OK = /OK/i;

/**
 * `OK`, `OK:n`, or why not.
 *
 * Attendance PUSH 3.7, 11.2 to 11.16. The document prints `OK: 9` with a length of 4: the wire has
 * no space.
 */
export const Acknowledgement: Codec<Acknowledgement> = {
  name: "acknowledgement",
  section: "11.2",
  since: "2.2.14",
  schema: ["OK:count"],
  decode(bytes) {
    const text = wireOf(bytes);
    if (!OK.test(text)) return { accepted: false, text };
    const count = /^OK: ?(\d{1,9})$/.exec(text)?.[1];
    const answer: Acknowledgement =
      count === undefined ? { accepted: true } : { accepted: true, count: Number(count) };
    return write(answer) === text ? answer : { ...answer, text };
  },
  encode: (answer) => bytesOf(write(answer)),
};

/** @throws ZkPushError `RESPONSE_FORBIDDEN` for a refusal that a terminal would take for a yes. */
const write = (answer: Acknowledgement): string => {
  if (!answer.accepted) {
    if (OK.test(answer.text)) {
      throw new ZkPushError("RESPONSE_FORBIDDEN", "expected a refusal without the letters OK");
    }
    return answer.text;
  }
  if (answer.text !== undefined && OK.test(answer.text)) return answer.text;
  return answer.count === undefined ? "OK" : `OK:${answer.count}`;
};
