import { describe, expect, test } from "vitest";
import { toHex } from "../src/bytes.js";
import { parseChipFault } from "../src/chip/faults.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { PROFILES, type ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { recordTape } from "../src/tape/record.js";
import { redactTape } from "../src/tape/redact.js";
import { replayTape } from "../src/tape/replay.js";
import { decodeTape, encodeTape, type Tape } from "../src/tape/tape.js";
import { countingRandom } from "./support/counting-random.js";

const { password } = personalise("bac-ecdsa");

const record = async (profile: ProfileName, ...faults: readonly string[]) => {
  const chip = createVirtualChip(personalise(profile), {
    random: countingRandom(4),
    faults: faults.map(parseChipFault),
  });
  const recorder = recordTape(
    { transceive: transceiveWith(chip), random: countingRandom(8) },
    { ...password },
  );
  const reading = await drive(
    readDocument(password, { random: recorder.random }),
    recorder.transceive,
  );
  return { tape: recorder.tape(), reading };
};

/** A reading from a tape, with what the tape says opens the document. */
const replay = (tape: Tape) => {
  const { inputs, random, transceive } = replayTape(tape);
  return drive(readDocument(inputs as unknown as typeof password, { random }), transceive);
};

const isProtected = (event: Tape["events"][number]): boolean =>
  "command" in event && (event.command[0]! & 0x0c) === 0x0c;

describe("a recorded reading", () => {
  test.each(Object.keys(PROFILES) as ProfileName[])(
    "of %s, written and read again, is replayed to the same reading",
    async (profile) => {
      const { tape, reading } = await record(profile);
      const again = decodeTape(encodeTape(tape));
      if (again.redacted) expect.unreachable();
      expect(await replay(again)).toEqual(reading);
      const { random, transceive, ...rest } = replayTape(again);
      expect(rest.left).toBe(tape.events.length);
      await drive(readDocument(password, { random }), transceive);
    },
  );

  test("that broke off breaks off again", async () => {
    const { tape, reading } = await record("bac-ecdsa", "tag-lost=30");
    expect(reading.failure).toMatchObject({ code: "TRANSPORT_FAILED" });
    const again = await replay(tape);
    expect(again.failure).toMatchObject({ code: "TRANSPORT_FAILED" });
    expect(again.files).toEqual(reading.files);
    expect(again.partial).toEqual(reading.partial);
  });

  test("with one bit flipped in any protected answer ends there", async () => {
    const { tape } = await record("bac-ecdsa");
    const pick = countingRandom(21);
    let protectedAnswers = 0;
    for (const [i, event] of tape.events.entries()) {
      if (!isProtected(event) || !("answer" in event)) continue;
      protectedAnswers++;
      const [high, low] = pick(2);
      const bit = ((high! << 8) | low!) % (8 * event.answer.length);
      const answer = event.answer.map((byte, at) =>
        at === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte,
      );
      const flipped = tape.events.map((found, at) => (at === i ? { ...event, answer } : found));
      const replaying = replayTape({ ...tape, events: flipped });
      const reading = await drive(
        readDocument(password, { random: replaying.random }),
        replaying.transceive,
      );
      expect(reading.failure?.code, `bit ${bit} of event ${i}`).toMatch(/^SM_/);
      expect(replaying.left, "nothing was sent after it").toBe(tape.events.length - i - 1);
    }
    expect(protectedAnswers).toBeGreaterThan(50);
  });

  test("is no other conversation", async () => {
    const { tape } = await record("bac-ecdsa");
    const wrong = { ...password, documentNumber: "X" };
    const { random, transceive } = replayTape(tape);
    await expect(drive(readDocument(wrong, { random }), transceive)).rejects.toMatchObject({
      code: "TAPE_MISMATCH",
    });
    const cut = replayTape({ ...tape, events: tape.events.slice(0, 40) });
    const reading = await drive(readDocument(password, { random: cut.random }), cut.transceive);
    expect(reading.failure).toMatchObject({ code: "TAPE_MISMATCH" });
    const replaying = replayTape(tape);
    expect(() => replaying.random(7)).toThrow(expect.objectContaining({ code: "TAPE_MISMATCH" }));
  });
});

describe("a redacted tape", () => {
  test("has no byte of data, no random number and no input, and is not replayed", async () => {
    const { tape } = await record("bac-ecdsa");
    const redacted = redactTape(tape);
    const text = encodeTape(redacted);
    for (const event of tape.events) {
      if ("random" in event) expect(text).not.toContain(toHex(event.random));
      else if ("answer" in event && event.answer.length > 2)
        expect(text).not.toContain(toHex(event.answer));
    }
    for (const input of Object.values(password)) expect(text).not.toContain(input);
    expect(text).toContain(
      '"header":"00840000","commandLength":5,"answerLength":10,"statusWord":"9000"',
    );
    expect(decodeTape(text)).toEqual(redacted);
    expect(() => replayTape(redacted)).toThrow(expect.objectContaining({ code: "TAPE_REDACTED" }));
  });
});

describe("a text that is no tape", () => {
  const HEADER = '{"tape":"emrtd","version":1,"inputs":{}}\n';

  test.each([
    ["nothing", ""],
    ["another text", "hello"],
    ["JSON of another kind", "[]"],
    ["another version", '{"tape":"emrtd","version":2,"inputs":{}}'],
    ["no inputs", '{"tape":"emrtd","version":1}'],
    ["inputs that are numbers", '{"tape":"emrtd","version":1,"inputs":{"at":1}}'],
    ["redacted or not", '{"tape":"emrtd","version":1,"redacted":false}'],
    ["capital digits", `${HEADER}{"random":"AB"}`],
    ["half a byte", `${HEADER}{"random":"abc"}`],
    ["an event with more in it", `${HEADER}{"random":"ab","note":""}`],
    ["an empty line", `${HEADER}\n{"random":"ab"}`],
    ["a redacted event in a whole tape", `${HEADER}{"randomLength":8}`],
    [
      "a whole event in a redacted tape",
      '{"tape":"emrtd","version":1,"redacted":true}\n{"random":"ab"}',
    ],
  ])("is refused: %s", (_, text) => {
    expect(() => decodeTape(text)).toThrow(expect.objectContaining({ code: "TAPE_INVALID" }));
  });

  test("a name from a prototype is a name like any other", () => {
    const tape = decodeTape('{"tape":"emrtd","version":1,"inputs":{"__proto__":"x"}}');
    if (tape.redacted) expect.unreachable();
    expect(Object.keys(tape.inputs)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(tape.inputs)).toBe(Object.prototype);
  });
});
