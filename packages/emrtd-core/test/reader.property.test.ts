import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LE_LIMIT_ANSWERS } from "../src/chip/faults/length.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { encodeCom } from "../src/lds/com.js";
import type { ChipFiles } from "../src/lds/files.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { encodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";

const password = { documentNumber: "L898902C3", dateOfBirth: "740812", dateOfExpiry: "340415" };

const anyFiles = (): fc.Arbitrary<ChipFiles> =>
  fc
    .tuple(
      ...[0x61, 0x75, 0x6b].map((tag) =>
        fc.uint8Array({ minLength: 2, maxLength: 900 }).map((content) => encodeTlv(tag, content)),
      ),
    )
    .map(([DG1, DG2, DG11]) => ({
      COM: encodeCom({ ldsVersion: "0107", unicodeVersion: "040000", tagList: [0x61, 0x75, 0x6b] }),
      DG1: DG1!,
      DG2: DG2!,
      DG11: DG11!,
    }));

const anyLimit = () =>
  fc.record({
    fault: fc.constant("le-limit" as const),
    limit: fc.integer({ min: 64, max: 255 }),
    answer: fc.constantFrom(...LE_LIMIT_ANSWERS),
    plain: fc.boolean(),
  });

describe("the reader and the virtual chip", () => {
  test("files come out as they went in, whatever the chip can serve at once and however it says so", () => {
    return fc.assert(
      fc.asyncProperty(
        anyFiles(),
        fc.option(anyLimit()),
        fc.boolean(),
        async (files, limit, open) => {
          const chip = createVirtualChip(
            { files, access: open ? {} : { bac: password }, keys: {}, extendedAccess: [] },
            { random: countingRandom(1), faults: limit ? [limit] : [] },
          );
          const protocol = readDocument(password, { random: countingRandom(2) });
          const reading = await drive(protocol, async (command) => chip.receive(command));
          expect(reading.failure).toBeNull();
          expect(reading.files).toEqual(files);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a chip that answers anything at all is a reading, or one of our errors", () => {
    const anyAnswer = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }).map((data) => Uint8Array.of(...data, 0x90, 0x00)),
      fc
        .constantFrom(0x6a82, 0x6982, 0x6cff, 0x6101, 0x6282)
        .map((sw) => Uint8Array.of(sw >> 8, sw & 0xff)),
    );
    return fc.assert(
      fc.asyncProperty(fc.infiniteStream(anyAnswer), async (answers) => {
        let commands = 0;
        const protocol = readDocument([], { random: countingRandom(2) });
        const transceive = async () => {
          commands++;
          return answers.next().value as Uint8Array;
        };
        await drive(protocol, transceive).then(
          ({ evidence }) => expect(evidence).toHaveLength(1),
          (error: unknown) => expect(error).toMatchObject({ name: "EmrtdError" }),
        );
        expect(commands).toBeLessThan(20_000);
      }),
      { numRuns: 200 },
    );
  });

  test("a chip takes any bytes for a command and answers with a status word", () => {
    const chip = createVirtualChip(
      { files: { COM: encodeTlv(0x60) }, access: { bac: password }, keys: {}, extendedAccess: [] },
      { random: countingRandom(1) },
    );
    const anyCommand = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .tuple(
          fc.constantFrom(0x00, 0x0c, 0x10, 0x1c),
          fc.constantFrom(0xa4, 0xb0, 0xb1, 0x84, 0x82, 0x88),
          fc.uint8Array({ minLength: 2, maxLength: 40 }),
        )
        .map(([cla, ins, rest]) => Uint8Array.of(cla, ins, ...rest)),
    );
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(chip.receive(command).length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 1_000 },
    );
  });
});
