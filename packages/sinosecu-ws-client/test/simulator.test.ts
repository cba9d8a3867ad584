import { describe, expect, test } from "vitest";
import {
  type Channel,
  DGSource,
  decodeServiceMessage,
  ImageMessage,
  LIMITS,
  RecogSpecified,
  Sid,
  SinosecuError,
  TakePhotoOcr,
} from "../src/index.js";
import {
  createChannelPair,
  createFakeClock,
  createSimulator,
  documentFromFiles,
  parseQuirks,
  QUIRKS,
  type SimulatorOptions,
  specimenPassport,
} from "../src/testing.js";
import { rig } from "./rig.js";

const bare = async (options: Partial<SimulatorOptions> = {}) => {
  const clock = createFakeClock();
  const diagnostics: string[] = [];
  const simulator = createSimulator({
    clock,
    onDiagnostic: (text) => diagnostics.push(text),
    ...options,
  });
  const channel = simulator.connect();
  await clock.settle();
  return { clock, simulator, channel, diagnostics, ...collect(channel, clock) };
};

const collect = (channel: Channel, clock: { settle(): Promise<void> }) => {
  let frames: string[] = [];
  void (async () => {
    for (;;) {
      const frame = await channel.receive();
      if (frame === undefined) return;
      frames.push(frame as string);
    }
  })();
  const heard = async (): Promise<string[]> => {
    await clock.settle();
    const all = frames;
    frames = [];
    return all;
  };
  return {
    heard,
    /** Sends a message and tells what came back. */
    async say(message: unknown): Promise<string[]> {
      await channel.send(typeof message === "string" ? message : JSON.stringify(message));
      return heard();
    },
  };
};

const get = (Operand: string, Param?: unknown) => ({
  Type: "Request",
  Command: "Get",
  Operand,
  Param,
});
const set = (Operand: string, Param?: unknown) => ({
  Type: "Request",
  Command: "Set",
  Operand,
  Param,
});

describe("the simulated service", () => {
  test("answers to the byte in the order of the manual's tables", async () => {
    const { say } = await bare();
    expect(await say(get("OnLineStatus"))).toEqual([
      '{"Type":"Reply","Command":"Get","Operand":"OnLineStatus","Succeeded":"Y","Result":"Device is connected"}',
    ]);
    expect(await say(get("WebConstant", "DeviceOffLine"))).toEqual([
      '{"Type":"Reply","Command":"Get","Operand":"WebConstant","Succeeded":"Y","Param":"DeviceOffLine","Result":"Device dropped"}',
    ]);
    expect(await say(set("VIZ", "True"))).toEqual([
      '{"Type":"Reply","Command":"Set","Operand":"VIZ","Succeeded":"Y"}',
    ]);
  });

  test("tells of cards with the real service's own bytes", async () => {
    const { say, simulator, heard } = await bare();
    await say(set("IfNotifyCardDetected", "Y"));
    simulator.lay({ ...specimenPassport(), images: {} });
    simulator.takeAway();
    const frames = await heard();
    expect(frames[0]).toBe(
      '{"Type": "Notify","Command" : "CardDetected","Operand" : "RealtimeMessage"}',
    );
    expect(frames.at(-1)).toBe(
      '{"Type": "Notify","Command" : "CardTakenaway","Operand" : "RealtimeMessage"}',
    );
  });

  test("tells of cards only when it was asked to", async () => {
    const { say, simulator, heard } = await bare();
    const kinds = async () => (await heard()).map((text) => decodeServiceMessage(text).kind);
    simulator.lay(specimenPassport());
    simulator.takeAway();
    expect(await kinds()).toEqual(["card-content-text", "images"]);
    await say(set("IfEnableCallback", "True"));
    simulator.lay(specimenPassport());
    simulator.takeAway();
    expect(await kinds()).toEqual(["card-detected", "card-content-text", "images"]);
    await say(set("IfEnableCallback", "False"));
    await say(set("IfNotifyCardDetected", "True"));
    simulator.lay(specimenPassport());
    simulator.takeAway();
    expect(await kinds()).toEqual([
      "card-detected",
      "card-content-text",
      "images",
      "card-takenaway",
    ]);
  });

  test("refuses what it does not understand, loudly", async () => {
    const { say, diagnostics } = await bare();
    for (const [message, diagnostic] of [
      [get("ReadChip"), "known command"],
      [get("DeviceStatus"), "known command"],
      [get("Image"), "known command"],
      [get("Base64Image", 32), "Base64Image"],
      [get("DeviceName", "x"), "DeviceName"],
      [
        '{"\u0422\u0443\u0440\u0435":"Request","Command":"Get","Operand":"DeviceName"}',
        "TYPE_HOMOGLYPH",
      ],
      ["hello", "JSON_INVALID"],
      [
        { Type: "Notify", Command: "Trigger", Operand: "ManualRecog", Param: { Timeout: 30 } },
        "PARAM_INVALID",
      ],
      ["x".repeat(LIMITS.message + 1), "MESSAGE_TOO_LARGE"],
    ] as const) {
      const [answer] = await say(message);
      expect(JSON.parse(answer!)).toMatchObject({
        Type: "Reply",
        Succeeded: "N",
        Result: "Invalid instruction",
      });
      expect(diagnostics.pop()).toContain(diagnostic);
    }
  });

  test("warns of truth values that the real one takes for off", async () => {
    const { say, diagnostics } = await bare();
    await say(set("VIZ", true));
    await say(set("VIZ", "true"));
    expect(diagnostics).toEqual([
      "VIZ: a JSON truth value is taken for off; the manual has texts",
      "VIZ: a text other than True and False is taken for off",
    ]);
  });

  test("reads what its settings say", async () => {
    const { reader, simulator, clock, heard } = await rig();
    const read = async (extra = {}) => {
      simulator.lay({ ...specimenPassport(), barCode: "4006", ...extra });
      await clock.advance(2_000);
      simulator.takeAway();
      await clock.advance(12_000);
      return heard.document.at(-1)!;
    };
    await reader.set("VIZ", false);
    await reader.set("RFID", false);
    const plain = await read();
    expect(plain.document.placeOfIssue).toBeUndefined();
    expect(plain.images.map(({ kind }) => kind)).not.toContain("ChipHead");
    expect([plain.checks, plain.barCode]).toEqual([{}, undefined]);

    for (const name of [
      "VIZ",
      "RFID",
      "IfDetectUVDull",
      "IfDetectFibre",
      "IfCheckSourceType",
      "BarCodeRecog",
      "WantFieldSource",
    ] as const) {
      await reader.set(name, true);
    }
    const full = await read({ checks: { source: "YN1" } });
    expect(full.document.placeOfIssue).toMatchObject({ value: "ZENITH", source: "viz" });
    expect(full.checks).toMatchObject({
      uvDull: { status: "passed" },
      fibre: { count: 5 },
      source: { page: "copy" },
    });
    expect(full.barCode).toEqual({ status: "read", content: "4006" });

    await reader.set("DocInfoAllInOne", true);
    expect((await read()).images).toHaveLength(5);
    await reader.set("DocInfoAllInOne", false);
    await reader.set("OnlyAcquireImage", true);
    expect(await read()).toMatchObject({ fields: [], images: { length: 5 } });
    await reader.set("OnlyAcquireImage", false);

    await reader.set("Rejection", true);
    expect((await read({ mainId: "0" })).failure).toBe("Document recognition failed");
    await reader.request(Sid, { OnlyReadChip: true });
    expect((await read()).images.map(({ kind }) => kind)).toEqual(["ChipHead"]);
  });

  test("sends the chip's files when it was asked for them", async () => {
    const chip = {
      SOD: Uint8Array.of(0x77, 0),
      DG1: Uint8Array.of(0x61, 0),
      COM: Uint8Array.of(0x60, 0),
    };
    const { reader, simulator, clock, heard } = await rig(
      {},
      { verifyChip: (files) => Object.keys(files).sort() },
    );
    simulator.lay({ ...specimenPassport(), chip });
    await clock.advance(2_000);
    expect(heard.document[0]).toMatchObject({
      chip: { files: chip },
      chipVerdict: { status: "verified", report: ["COM", "DG1", "SOD"] },
    });
    await reader.request(DGSource, undefined);
  });

  test("a verifier that fails, and none at all, are said and never green", async () => {
    const chip = { SOD: Uint8Array.of(0x77, 0) };
    for (const [options, reason] of [
      [{ chipFiles: true }, "NO_VERIFIER"],
      [{ verifyChip: () => Promise.reject(new Error("x")) }, "VERIFIER_FAILED"],
      [
        {
          verifyChip: () => {
            throw new Error("x");
          },
        },
        "VERIFIER_FAILED",
      ],
    ] as const) {
      const { simulator, clock, heard } = await rig({}, options);
      simulator.lay({ ...specimenPassport(), chip });
      await clock.advance(2_000);
      expect(heard.document[0]!.chipVerdict).toEqual({ status: "undetermined", reason });
    }
  });

  test("documents come in their order, however long a verifier takes", async () => {
    const waiting: (() => void)[] = [];
    const { simulator, clock, heard } = await rig(
      {},
      { verifyChip: () => new Promise<string>((resolve) => waiting.push(() => resolve("done"))) },
    );
    simulator.lay({
      ...specimenPassport({ surname: "ALPHA" }),
      chip: { SOD: Uint8Array.of(0x77, 0) },
    });
    await clock.advance(2_000);
    simulator.takeAway();
    simulator.lay(specimenPassport({ surname: "BRAVO" }));
    await clock.advance(2_000);
    expect(heard.document).toEqual([]);
    waiting[0]!();
    await clock.settle();
    expect(heard.document.map(({ document }) => document.surname?.value)).toEqual([
      "ALPHA",
      "BRAVO",
    ]);
  });

  test("takes the notices of the vendor's page", async () => {
    const { say, simulator, heard } = await bare();
    simulator.lay(specimenPassport());
    await heard();
    const kinds = (frames: string[]) => frames.map((text) => decodeServiceMessage(text).kind);
    expect(kinds(await say(ImageMessage.codec.encode(2)))).toEqual(["images"]);
    expect(kinds(await say(TakePhotoOcr.request.encode(21)))).toEqual([
      "card-content-text",
      "images",
      "replies",
    ]);
    await say(RecogSpecified.codec.encode(12));
    simulator.takeAway();
    simulator.lay(specimenPassport());
    const read = (await heard()).map(decodeServiceMessage)[0]!;
    expect(JSON.stringify(read)).toContain("Document recognition failed");
  });

  test("doubles its events for two clients, or splits them", async () => {
    for (const [quirks, counts] of [
      [[], [2, 2]],
      [["second-client-splits"], [1, 1]],
    ] as const) {
      const { simulator, clock, heard } = await bare({ quirks });
      const second = collect(simulator.connect(), clock);
      await clock.settle();
      simulator.lay(specimenPassport());
      await clock.settle();
      expect([(await heard()).length, (await second.heard()).length]).toEqual(counts);
    }
  });

  test("a fingerprint comes as custom data", async () => {
    const { simulator, clock, heard } = await rig();
    simulator.lay({ ...specimenPassport(), fingerprint: "QUJD" });
    await clock.advance(2_000);
    expect(heard.document[0]!.custom).toEqual([{ name: "FpOfSid", content: "QUJD" }]);
  });

  test("speaks Chinese", async () => {
    const { simulator, clock, heard } = await rig({ locale: "zh" });
    simulator.lay(specimenPassport());
    await clock.advance(2_000);
    expect(heard.document[0]!.fields.map(({ name }) => name)).toContain("护照号码MRZ");
    expect(heard.document[0]!.document.surname?.value).toBe("ERIKSSON");
  });
});

describe("quirks", () => {
  const codeOf = (names: readonly string[]): string => {
    try {
      parseQuirks(names);
      return "none";
    } catch (error) {
      return (error as SinosecuError).code;
    }
  };

  test("exist or are refused, and exclude each other within a group", () => {
    expect(codeOf(["viz-reply-dg", "image-codes"])).toBe("none");
    expect(codeOf(["no-such-quirk"])).toBe("QUIRK_UNKNOWN");
    expect(codeOf(["toString"])).toBe("QUIRK_UNKNOWN");
    expect(codeOf(["base64image-both", "base64image-notify"])).toBe("QUIRK_UNKNOWN");
    for (const { meaning } of Object.values(QUIRKS)) expect(meaning.length).toBeGreaterThan(10);
  });
});

test("fragments are refused of a channel that has none", async () => {
  const clock = createFakeClock();
  const simulator = createSimulator({ clock, quirks: ["fragments"] });
  const { sendFragments: _, ...plain } = createChannelPair().left;
  await expect(simulator.serve(plain)).rejects.toMatchObject({ code: "QUIRK_UNKNOWN" });
});

describe("a document from a folder", () => {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  test("is its text, its pictures and its chip, files by content first", () => {
    const sod = Uint8Array.of(0x77, 1, 0);
    const document = documentFromFiles(
      new Map([
        ["document.json", json({ values: { surname: "ERIKSSON" }, barCode: "1" })],
        ["white.jpg", Uint8Array.of(1)],
        ["ocr-head.png", Uint8Array.of(2)],
        ["chip-head.jpg", Uint8Array.of(3)],
        ["EF_SOD.bin", sod],
        ["wrongly-named", Uint8Array.of(0x61, 0)],
        ["Datagroup14.bin", Uint8Array.of(0x00)],
        ["DG14_sk.pkcs8", Uint8Array.of(0x61, 0)],
        ["notes.txt", Uint8Array.of(0x61)],
      ]),
    );
    expect(document).toEqual({
      mainId: "13",
      name: "Passport",
      values: { surname: "ERIKSSON" },
      barCode: "1",
      images: { White: Uint8Array.of(1), OcrHead: Uint8Array.of(2), ChipHead: Uint8Array.of(3) },
      chip: { SOD: sod, DG1: Uint8Array.of(0x61, 0), DG14: Uint8Array.of(0x00) },
    });
  });

  test("without a document.json, or with a wrong one, is none", () => {
    for (const files of [
      new Map<string, Uint8Array>(),
      new Map([["document.json", Uint8Array.of(0xff)]]),
      new Map([["document.json", json([])]]),
      new Map([["document.json", json({ values: { nosuch: "x" } })]]),
      new Map([["document.json", json({ values: {}, more: 1 })]]),
    ]) {
      expect(() => documentFromFiles(files)).toThrow(SinosecuError);
    }
  });
});
