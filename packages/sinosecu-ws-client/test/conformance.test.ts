import { describe, expect, test } from "vitest";
import { serviceCases } from "../src/conformance.js";
import type { Channel } from "../src/index.js";
import {
  createFakeClock,
  createSimulator,
  type QuirkName,
  specimenPassport,
} from "../src/testing.js";

/** Runs every case against a simulator whose messages pass through `mangle`; undefined loses one. */
const run = async (
  quirks: readonly QuirkName[] = [],
  mangle: (text: string) => string | undefined = (text) => text,
): Promise<string[]> => {
  const clock = createFakeClock();
  const simulator = createSimulator({ clock, quirks });
  const open = async (): Promise<Channel> => {
    const channel = simulator.connect();
    return {
      ...channel,
      async receive() {
        for (;;) {
          const frame = await channel.receive();
          if (frame === undefined) return undefined;
          const text = mangle(frame as string);
          if (text !== undefined) return text;
        }
      },
    };
  };
  const cases = serviceCases({
    open,
    clock,
    hands: { lay: () => simulator.lay(specimenPassport()), takeAway: () => simulator.takeAway() },
  });
  const failed: string[] = [];
  for (const { name, run: runCase } of cases) {
    const outcome = runCase().then(
      () => undefined,
      (error: Error) => failed.push(`${name}: ${error.message}`),
    );
    await clock.advance(20_000);
    await outcome;
  }
  return failed;
};

test("the simulator passes, also with quirks that the manual itself has", async () => {
  expect(await run()).toEqual([]);
  expect(await run(["viz-reply-dg", "web-constants", "image-codes", "blanks-and-order"])).toEqual(
    [],
  );
});

test("without hands the cases that need them are left out", () => {
  const clock = createFakeClock();
  const cases = serviceCases({ open: async () => createSimulator({ clock }).connect(), clock });
  expect(cases.map(({ name }) => name).filter((name) => /4\.4|4\.3\.11/.test(name))).toEqual([]);
});

describe("a planted fault is found", () => {
  test.each<[string, string, QuirkName[], ((text: string) => string | undefined)?]>([
    [
      "no Succeeded",
      "4.2.2",
      [],
      (text) => text.replace('"DeviceName","Succeeded":"Y"', '"DeviceName"'),
    ],
    ["a lost answer in a batch", "5.6", ["batch-missing-item"]],
    [
      "another operand in the answer",
      "4.2.2",
      [],
      (text) => text.replace('"DeviceName"', '"Name"'),
    ],
    ["no answer", "4.2.3", [], (text) => (text.includes("DeviceSerialNo") ? undefined : text)],
    [
      "a setting that cannot be made",
      "4.3.7",
      [],
      (text) =>
        text.replace('"IfDetectUVDull","Succeeded":"Y"', '"IfDetectUVDull","Succeeded":"N"'),
    ],
    [
      "masks of more than five bits",
      "4.5",
      [],
      (text) => text.replace('"Base64Image","Succeeded":"N"', '"Base64Image","Succeeded":"Y"'),
    ],
    [
      "any command",
      "4.1.2",
      [],
      (text) => text.replace('"NoSuchOperand","Succeeded":"N"', '"NoSuchOperand","Succeeded":"Y"'),
    ],
    [
      "no sentence",
      "4.6",
      [],
      (text) => text.replace('"Result":"Device is connected"', '"Result":""'),
    ],
    [
      "no notice of laying down",
      "4.4 ",
      [],
      (text) => (text.includes("CardDetected") ? undefined : text),
    ],
    ["no images", "4.4 ", [], (text) => (text.includes('"Images"') ? undefined : text)],
    [
      "no notice of taking away",
      "4.4 ",
      ["lower-case"],
      (text) => (text.includes("takenaway") ? undefined : text),
    ],
  ])("%s", async (_, where, quirks, mangle) => {
    const failed = await run(quirks, mangle);
    expect(failed.some((line) => line.startsWith(where))).toBe(true);
  });
});
