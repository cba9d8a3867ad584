import fc from "fast-check";
import type { RedactedTape, Tape } from "./tape.js";

const bytes = () => fc.uint8Array({ maxLength: 20 });
const record = <T>(model: { [key in keyof T]: fc.Arbitrary<T[key]> }) =>
  fc.record(model, { noNullPrototype: true });

/** Any tape that a recorder could have made. */
export const anyTape = (): fc.Arbitrary<Tape> =>
  record<Tape>({
    redacted: fc.constant(false as const),
    inputs: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
    events: fc.array(
      fc.oneof(
        record({ random: bytes() }),
        record({ command: bytes(), answer: bytes() }),
        record({ command: bytes(), error: fc.string() }),
      ),
    ),
  });

/** Any tape without secrets. */
export const anyRedactedTape = (): fc.Arbitrary<RedactedTape> =>
  record<RedactedTape>({
    redacted: fc.constant(true as const),
    events: fc.array(
      fc.oneof(
        record({ randomLength: fc.nat() }),
        record({ header: fc.string(), commandLength: fc.nat(), error: fc.string() }),
        record({
          header: fc.string(),
          commandLength: fc.nat(),
          answerLength: fc.nat(),
          statusWord: fc.string(),
        }),
      ),
    ),
  });
