import { parseMrz } from "@org/emrtd-core";
import { describe, expect, test } from "vitest";
import { ask, DeviceName, VersionInfo, VIZ } from "../src/index.js";
import { QUIRKS, type QuirkName, type ServiceLocale, specimenPassport } from "../src/testing.js";
import { pairwise } from "./pairwise.js";
import { codeOf, rig } from "./rig.js";

/** One dimension a group of quirks, with "none of them"; and how the client was set. */
const groups = new Map<string, QuirkName[]>();
for (const [name, { group }] of Object.entries(QUIRKS)) {
  groups.set(group, [...(groups.get(group) ?? []), name as QuirkName]);
}
type Value = QuirkName | undefined | `locale ${ServiceLocale | "third"}` | "all-in-one" | "apart";
const dimensions: readonly (readonly Value[])[] = [
  ...[...groups.values()].map((names) => [undefined, ...names]),
  ["locale en", "locale zh", "locale third"],
  ["apart", "all-in-one"],
];
const rows = pairwise<Value>(dimensions);

test("the rows hold every pair", () => {
  for (let i = 0; i < dimensions.length; i++) {
    for (let j = i + 1; j < dimensions.length; j++) {
      const seen = new Set(rows.map((row) => `${row[i]} ${row[j]}`));
      expect(seen.size).toBe(dimensions[i]!.length * dimensions[j]!.length);
    }
  }
});

const THIRD = {
  DeviceConnected: "Lecteur pr\u00eat",
  DeviceReconnected: "Lecteur revenu",
  DeviceOffLine: "Lecteur absent",
  DeviceNotConnected: "Aucun lecteur",
};

describe("the client stands every pair of quirks", () => {
  test.each(rows.map((row, index) => ({ index, row })))("row $index", async ({ row }) => {
    const quirks = row.filter(
      (value): value is QuirkName => value !== undefined && value in QUIRKS,
    );
    const has = (name: QuirkName) => quirks.includes(name);
    const allInOne = row.includes("all-in-one");
    const { clock, reader, simulator, heard, diagnostics } = await rig(
      {
        quirks,
        readMs: 300,
        imagesMs: 100,
        ...(row.includes("locale zh") ? { locale: "zh" as const } : {}),
        ...(row.includes("locale third") ? { constants: THIRD } : {}),
      },
      {
        parseMrz,
        requestMs: 1_000,
        settings: { IfDetectFibre: true, ...(allInOne ? { DocInfoAllInOne: true } : {}) },
      },
    );
    // A greeting with a missing answer is over when its time is.
    await clock.advance(2_500);

    // The reader's state is known, in any language.
    expect(reader.status).toEqual({ connection: "open", device: "connected" });
    simulator.unplug();
    await clock.settle();
    expect(reader.status.device).toBe("absent");
    simulator.plug();
    await clock.settle();
    expect(reader.status.device).toBe("connected");

    // Questions, alone and in a batch.
    const name = reader.request(DeviceName, undefined);
    await clock.settle();
    expect(await name).toBe("Simulated passport reader");
    await reader.set("VIZ", true);
    expect(await codeOf(reader.constant("NoSuch"))).toBe("REQUEST_REFUSED");
    const batch = reader.batch([ask(VersionInfo), ask(DeviceName), ask(VIZ, true)] as never);
    await clock.advance(3_000);
    expect((await batch).map((one) => (one.ok ? true : one.error.code))).toEqual([
      true,
      has("batch-missing-item") ? "REQUEST_TIMEOUT" : true,
      true,
    ]);

    // Two people one after the other, whole and apart.
    for (const surname of ["ALPHA", "BRAVO"]) {
      simulator.lay(specimenPassport({ surname, documentNumber: `${surname}99` }));
      await clock.advance(1_000);
      const asked = reader.images(["White", "OcrHead"]);
      await clock.settle();
      expect((await asked).map(({ kind, problem }) => [kind, problem])).toEqual([
        ["White", undefined],
        ["OcrHead", undefined],
      ]);
      simulator.takeAway();
      await clock.advance(4_000);
    }
    expect(heard.uncertain).toEqual([]);
    expect(
      heard.document.map(({ document, mrz, images, checks, disagreements }) => [
        document.surname?.value,
        mrz?.status,
        images.map((one) => `${one.kind} ${one.problem ?? one.format}`).join(),
        checks.fibre?.count,
        disagreements.length,
      ]),
    ).toEqual(
      ["ALPHA", "BRAVO"].map((surname) => [
        surname,
        "correct",
        "White jpeg,IR jpeg,UV jpeg,OcrHead jpeg,ChipHead jpeg",
        5,
        0,
      ]),
    );
    expect(heard.card.map(({ card }) => card)).toEqual([
      "detected",
      "taken-away",
      "detected",
      "taken-away",
    ]);

    // A document that cannot be read is a record with the reason.
    simulator.lay({ ...specimenPassport(), failure: "unreadable" });
    await clock.advance(4_000);
    expect(heard.document).toHaveLength(3);
    expect(heard.document[2]!.failure).toBe("unreadable");
    simulator.takeAway();
    await clock.advance(12_000);

    // A trigger without a document.
    const outcome = reader.trigger(1).then(
      (told) => Object.keys(told),
      (error: { code: string }) => error.code,
    );
    await clock.advance(10_000);
    expect(await outcome).toEqual(has("trigger-tells") ? ["message"] : "TRIGGER_TIMEOUT");

    // The service speaks up, and restarts.
    simulator.say("support");
    simulator.say("reconnect");
    await clock.advance(40_000);
    expect(reader.status.connection).toBe("open");
    expect(heard.message.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(["support", "reconnect"]),
    );

    expect(heard["protocol-error"].map(({ code }) => code)).toEqual([]);
    expect(diagnostics).toEqual([]);
    await reader.close();
    expect(clock.pending).toBe(0);
  });
});
