import type { RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import type { Transceive } from "../protocol.js";
import type { Tape, TapeEvent } from "./tape.js";

/** A terminal's two sources, and the tape of what came from them. */
export interface TapeRecorder {
  readonly transceive: Transceive;
  readonly random: RandomBytes;
  /** What was recorded so far. */
  tape(): Tape;
}

/**
 * Puts a recorder between a conversation and the world: hand its `transceive` and `random` to the
 * conversation in place of your own.
 */
export const recordTape = (
  world: { readonly transceive: Transceive; readonly random: RandomBytes },
  inputs: Tape["inputs"] = {},
): TapeRecorder => {
  const events: TapeEvent[] = [];
  return {
    async transceive(command) {
      const sent = Uint8Array.from(command);
      try {
        const answer = await world.transceive(command);
        events.push({ command: sent, answer: Uint8Array.from(answer) });
        return answer;
      } catch (error) {
        events.push({ command: sent, error: nameOf(error) });
        throw error;
      }
    },
    random(length) {
      const bytes = world.random(length);
      events.push({ random: Uint8Array.from(bytes) });
      return bytes;
    },
    tape: () => ({ redacted: false, inputs: { ...inputs }, events: [...events] }),
  };
};

/** A name only: what a transport says may hold anything. */
const nameOf = (error: unknown): string =>
  error instanceof EmrtdError ? error.code : error instanceof Error ? error.name : "unknown";
