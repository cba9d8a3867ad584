import { equalBytes } from "../bytes.js";
import type { RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import type { Transceive } from "../protocol.js";
import type { RedactedTape, Tape, TapeEvent } from "./tape.js";

/** What a conversation is held with in place of the world it was recorded in. */
export interface TapeReplay {
  readonly inputs: Tape["inputs"];
  readonly transceive: Transceive;
  readonly random: RandomBytes;
  /** Events that were not asked for yet. */
  readonly left: number;
}

/**
 * Holds a recorded conversation again. It must be the same one: another command, or other random bytes
 * asked for, than the tape has next is an error.
 *
 * @throws EmrtdError `TAPE_REDACTED`. The two sources throw `TAPE_MISMATCH`, and `TRANSPORT_FAILED` where
 *   the transport failed when it was recorded.
 */
export const replayTape = (tape: Tape | RedactedTape): TapeReplay => {
  if (tape.redacted) {
    throw new EmrtdError("TAPE_REDACTED", "expected a whole tape, found a redacted one");
  }
  const { inputs, events } = tape;
  let next = 0;
  const take = (what: string, fits: (event: TapeEvent) => boolean): TapeEvent => {
    const event = events[next];
    if (!event || !fits(event)) throw mismatch(what, event, next);
    next++;
    return event;
  };
  return {
    inputs,
    get left() {
      return events.length - next;
    },
    async transceive(command) {
      const event = take(
        "the command that is sent",
        (found) => "command" in found && equalBytes(found.command, command),
      );
      if ("answer" in event) return Uint8Array.from(event.answer);
      throw new EmrtdError("TRANSPORT_FAILED", "expected an answer, found that none was recorded");
    },
    random(length) {
      const event = take(
        `${length} random bytes`,
        (found) => "random" in found && found.random.length === length,
      );
      return "random" in event ? Uint8Array.from(event.random) : new Uint8Array(0);
    },
  };
};

const mismatch = (expected: string, found: TapeEvent | undefined, index: number): EmrtdError =>
  new EmrtdError("TAPE_MISMATCH", `expected ${expected} on the tape, found ${kindOf(found)}`, {
    offset: index,
  });

const kindOf = (event: TapeEvent | undefined): string => {
  if (!event) return "its end";
  return "random" in event ? `${event.random.length} random bytes` : "another command";
};
