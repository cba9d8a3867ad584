import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../src/bytes.js";
import { parseChipFault } from "../src/chip/faults.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { decodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { answerRoom } from "../src/iso7816/sm-message.js";
import { encodeAtrInfo, extendedLengthObject } from "../src/lds/atr-info.js";
import { encodeCom } from "../src/lds/com.js";
import type { ChipFiles } from "../src/lds/files.js";
import { drive } from "../src/protocol.js";
import { createLeLadder } from "../src/reader/le-ladder.js";
import { readDocument } from "../src/reader/read-document.js";
import { DEFAULT_READ_PLAN, FAST_READ_PLAN, type ReadPlan } from "../src/reader/read-plan.js";
import { encodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";

const password = { documentNumber: "L898902C3", dateOfBirth: "740812", dateOfExpiry: "340415" };

const fill = (tag: number, length: number) =>
  encodeTlv(
    tag,
    Uint8Array.from({ length }, (_, i) => (i * 29 + tag) & 0xff),
  );

const FILES: ChipFiles = {
  COM: encodeCom({ ldsVersion: "0107", unicodeVersion: "040000", tagList: [0x61, 0x75] }),
  SOD: fill(0x77, 900),
  DG1: fill(0x61, 91),
  DG2: fill(0x75, 40_000),
};

/** Card capabilities: short identifiers taken or not; extended length, sizes stated. */
const atrInfo = (response: number, shortIdentifiers = false) =>
  encodeAtrInfo({
    dataObjects: [
      { tag: 0x47, value: Uint8Array.of(shortIdentifiers ? 0x04 : 0, 0, 0x60) },
      extendedLengthObject({ command: 1_000, response }),
    ],
  });

const read = async (
  change: Partial<ChipPersonalisation>,
  options: { readonly plan?: ReadPlan; readonly faults?: readonly string[] } = {},
) => {
  const chip = createVirtualChip(
    { files: FILES, access: { bac: password }, keys: {}, extendedAccess: [], ...change },
    { random: countingRandom(7), faults: (options.faults ?? []).map(parseChipFault) },
  );
  const sent: Uint8Array[] = [];
  const { plan = FAST_READ_PLAN } = options;
  const protocol = readDocument(password, { random: countingRandom(3), plan });
  const reading = await drive(protocol, async (command) => {
    sent.push(command);
    return chip.receive(command);
  });
  expect(reading.failure).toBeNull();
  const { "ATR/INFO": _, ...files } = reading.files;
  expect(files).toEqual(FILES);
  return { sent: sent.map(decodeCommandApdu), reading };
};

const withAtrInfo = (file: Uint8Array): ChipFiles => ({ ...FILES, "ATR/INFO": file });

describe("as many bytes at once as EF.ATR/INFO says", () => {
  test("a plain chip is asked for what its answers hold less the status word", async () => {
    const { sent } = await read({ files: withAtrInfo(atrInfo(5_000)), access: {} });
    const lengths = sent.filter(({ ins }) => ins === 0xb0).map(({ le }) => le);
    expect(Math.max(...lengths.map((le) => le!))).toBe(4_998);
    expect(sent.length).toBeLessThan(60);
  });

  test.each([
    [300, 271],
    [1_000, 975],
    [65_535, 65_511],
  ])("in a session answers of %i bytes hold %i", async (response, room) => {
    expect(answerRoom("3DES", response - 2)).toBe(room);
    const { sent } = await read({ files: withAtrInfo(atrInfo(response)) });
    const parts = Math.ceil(40_000 / room);
    const reads = sent.filter(({ ins }) => ins === 0xb0 || ins === 0xb1);
    expect(reads.length).toBeLessThan(parts + 16);
    expect(reads.length).toBeGreaterThanOrEqual(parts);
  });

  test("256 bytes and less are what short commands ask for anyway", async () => {
    const { sent } = await read({ files: withAtrInfo(atrInfo(258)) });
    expect(sent.every(({ le }) => (le ?? 0) <= 256)).toBe(true);
  });

  test("a chip that states it and cannot is opened again, and read on in short answers", async () => {
    const { sent } = await read(
      { files: withAtrInfo(atrInfo(5_000)) },
      { faults: ["no-extended-length"] },
    );
    expect(sent.filter(({ le }) => (le ?? 0) > 256)).toHaveLength(1);
  });

  test("the same with answers in pieces, and past 32,767 bytes by the odd instruction", async () => {
    for (const fault of ["response-chaining=200", "response-chaining=200:protected"]) {
      const { sent } = await read({ files: withAtrInfo(atrInfo(5_000)) }, { faults: [fault] });
      expect(sent.some(({ ins }) => ins === 0xb1)).toBe(true);
      expect(sent.filter(({ ins }) => ins === 0xc0).length).toBeGreaterThan(100);
    }
  });

  test.each([
    ["there is none", FILES],
    ["it cannot be read", withAtrInfo(fromHex("470500"))],
    ["it says nothing of sizes", withAtrInfo(encodeAtrInfo({ dataObjects: [] }))],
  ])("where %s, short answers do", async (_, files) => {
    const { sent } = await read({ files });
    expect(sent.every(({ le }) => (le ?? 0) <= 256)).toBe(true);
  });
});

describe("reading by short identifier", () => {
  const shortReads = (sent: Awaited<ReturnType<typeof read>>["sent"]) =>
    sent.filter(({ ins, p1 }) => ins === 0xb0 && p1 >= 0x80).map(({ p1 }) => p1);

  test("takes the place of SELECT where EF.ATR/INFO says so", async () => {
    const { sent } = await read({ files: withAtrInfo(atrInfo(258, true)), access: {} });
    expect(shortReads(sent)).toEqual(expect.arrayContaining([0x9e, 0x9d, 0x81, 0x82]));
    const selected = sent.filter(({ ins, p1 }) => ins === 0xa4 && p1 === 2);
    expect(selected.map(({ data }) => toHex(data!))).not.toContain("0101");
  });

  test("is not tried where it does not say so, nor without the plan", async () => {
    expect(shortReads((await read({ files: withAtrInfo(atrInfo(258)) })).sent)).toEqual([]);
    const { sent } = await read(
      { files: withAtrInfo(atrInfo(258, true)) },
      { plan: { ...DEFAULT_READ_PLAN, shortIdentifiers: "stated" } },
    );
    expect(shortReads(sent)).toEqual([]);
  });

  test("that finds nothing is followed by SELECT", async () => {
    const files = withAtrInfo(atrInfo(258, true));
    const { sent } = await read({ files, access: {} }, { faults: ["no-short-identifiers"] });
    expect(shortReads(sent).length).toBeGreaterThan(3);
  });
});

test("a ladder without a rung goes on with what there is room for", () => {
  const ladder = createLeLadder(["stated"]);
  ladder.fit(231);
  expect(ladder.current).toBe(231);
  ladder.fit(231, 900);
  expect(ladder.current).toBe(900);
  expect(ladder.below(900)).toBe(false);
});
