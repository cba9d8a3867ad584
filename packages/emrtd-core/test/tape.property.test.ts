import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EmrtdError } from "../src/errors.js";
import { anyRedactedTape, anyTape } from "../src/tape/arbitraries.js";
import { redactTape } from "../src/tape/redact.js";
import { decodeTape, encodeTape } from "../src/tape/tape.js";

describe("a tape", () => {
  test("that is written is read", () => {
    fc.assert(
      fc.property(fc.oneof(anyTape(), anyRedactedTape()), (tape) => {
        expect(decodeTape(encodeTape(tape))).toEqual(tape);
      }),
    );
  });

  test("that is redacted is one that can be written and read", () => {
    fc.assert(
      fc.property(anyTape(), (tape) => {
        const redacted = redactTape(tape);
        expect(decodeTape(encodeTape(redacted))).toEqual(redacted);
      }),
    );
  });

  test("of any text is read or refused with our error", () => {
    const lines = fc.array(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.constantFrom('{"tape":"emrtd","version":1,"inputs":{}}', '{"random":"00"}'),
      ),
    );
    fc.assert(
      fc.property(lines, (text) => {
        try {
          decodeTape(text.join("\n"));
        } catch (error) {
          expect(error).toBeInstanceOf(EmrtdError);
        }
      }),
    );
  });
});
