import { toHex } from "../bytes.js";
import type { RedactedEvent, RedactedTape, Tape, TapeEvent } from "./tape.js";

/** Leaves of a tape what says how the conversation went, and nothing of the document or its holder. */
export const redactTape = ({ events }: Tape): RedactedTape => ({
  redacted: true,
  events: events.map(redactEvent),
});

const redactEvent = (event: TapeEvent): RedactedEvent => {
  if ("random" in event) return { randomLength: event.random.length };
  const command = {
    header: toHex(event.command.subarray(0, 4)),
    commandLength: event.command.length,
  };
  if ("error" in event) return { ...command, error: event.error };
  const dataLength = Math.max(0, event.answer.length - 2);
  return {
    ...command,
    answerLength: event.answer.length,
    statusWord: toHex(event.answer.subarray(dataLength)),
  };
};
