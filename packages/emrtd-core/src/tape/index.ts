export { recordTape, type TapeRecorder } from "./record.js";
export { redactTape } from "./redact.js";
export { replayTape, type TapeReplay } from "./replay.js";
export {
  decodeTape,
  encodeTape,
  type RedactedEvent,
  type RedactedTape,
  type Tape,
  type TapeEvent,
} from "./tape.js";
