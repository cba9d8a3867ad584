import { describe, expect, test } from "vitest";
import {
  ask,
  Base64Image,
  DeviceName,
  DeviceSerialNo,
  type Question,
  RecogSpecified,
  TakePhoto,
  VersionInfo,
  VIZ,
} from "../src/index.js";
import { specimenPassport } from "../src/testing.js";
import { byHand, codeOf, rig } from "./rig.js";

const reply = (Operand: string, Result: unknown, more: object = {}) => ({
  Type: "Reply",
  Command: "Get",
  Operand,
  Succeeded: "Y",
  Result,
  ...more,
});

describe("a desk from morning to evening", () => {
  test("says what the reader is", async () => {
    const { reader, clock } = await rig({ device: { name: "AR800", serialNumber: "7" } });
    await expect(reader.info()).resolves.toEqual({
      online: "Device is connected",
      device: "connected",
      name: "AR800",
      serialNumber: "7",
      type: "PassportReader",
      version: "6.8.1.3",
    });
    await reader.close();
    expect(clock.pending).toBe(0);
  });

  test("gives one document for one document", async () => {
    const { clock, simulator, heard } = await rig({ readMs: 1_000, imagesMs: 200 });
    simulator.lay(specimenPassport());
    await clock.advance(2_000);
    simulator.takeAway();
    await clock.advance(5_000);
    expect(heard.card).toEqual([{ card: "detected" }, { card: "taken-away" }]);
    expect(heard.document).toHaveLength(1);
    const [document] = heard.document;
    expect(document).toMatchObject({
      detected: true,
      takenAway: true,
      closedBy: "settled",
      mainId: "13",
    });
    expect(document!.images.map(({ kind }) => kind)).toEqual([
      "White",
      "IR",
      "UV",
      "OcrHead",
      "ChipHead",
    ]);
    expect(heard["protocol-error"]).toEqual([]);
  });

  test("sets, asks for images and for sentences", async () => {
    const { clock, reader, simulator } = await rig({ constants: { MyOwn: "Bonjour" } });
    await reader.set("IfDetectUVDull", true);
    await expect(reader.constant("MyOwn")).resolves.toBe("Bonjour");
    expect(await codeOf(reader.constant("NoSuch"))).toBe("REQUEST_REFUSED");
    expect(await codeOf(reader.images(["White"]))).toBe("REQUEST_REFUSED");
    simulator.lay(specimenPassport());
    await clock.settle();
    expect((await reader.images(["White", "ChipHead"])).map(({ kind }) => kind)).toEqual([
      "White",
      "ChipHead",
    ]);
    expect((await reader.images(31)).length).toBe(5);
    await reader.request(TakePhoto, 21);
    expect((await reader.request(Base64Image, undefined)).map(({ kind }) => kind)).toEqual([
      "White",
      "UV",
      "ChipHead",
    ]);
    for (const mask of [0, 32, 1.5])
      expect(await codeOf(reader.images(mask))).toBe("IMAGE_MASK_INVALID");
    expect(await codeOf(reader.images([]))).toBe("IMAGE_MASK_INVALID");
  });

  test("a refusal carries the service's own sentence, and keeps it out of the error's message", async () => {
    const { reader } = await rig({ locale: "zh" });
    const error = await reader.constant("NoSuch").catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: "REQUEST_REFUSED",
      fault: "device",
      serviceText: "无效指令",
    });
    expect((error as Error).message).not.toContain("无效指令");
  });
});

describe("a manual trigger", () => {
  test("reads what lies there", async () => {
    const { clock, reader, simulator, heard } = await rig({ autoRead: false });
    simulator.lay(specimenPassport());
    const outcome = reader.trigger(2);
    await clock.advance(2_000);
    expect(await outcome).toMatchObject({ document: { closedBy: "settled" } });
    expect(heard.document).toHaveLength(1);
  });

  test("waits for a document to be laid", async () => {
    const { clock, reader, simulator } = await rig({ autoRead: false, readMs: 500 });
    const outcome = reader.trigger(5);
    await clock.advance(4_900);
    simulator.lay(specimenPassport());
    await clock.advance(3_000);
    expect(await outcome).toMatchObject({ document: { detected: true } });
  });

  test("without a document ends in time, by the clock or by the service's word", async () => {
    const silent = await rig();
    const outcome = codeOf(silent.reader.trigger(2));
    await silent.clock.advance(7_000);
    expect(await outcome).toBe("TRIGGER_TIMEOUT");

    const telling = await rig({ quirks: ["trigger-tells"] });
    const told = telling.reader.trigger(2);
    await telling.clock.advance(2_000);
    expect(await told).toEqual({ message: "Failed capturing image" });
  });

  test("waits for what is said of the chip, also beyond its time and its connection", async () => {
    const waiting: (() => void)[] = [];
    const verifyChip = () => new Promise<void>((resolve) => waiting.push(resolve));
    for (const restarts of [false, true]) {
      const { clock, reader, simulator } = await rig({ autoRead: false }, { verifyChip });
      simulator.lay({ ...specimenPassport(), chip: { SOD: Uint8Array.of(0x77, 0) } });
      const outcome = reader.trigger(2);
      await clock.advance(2_000);
      if (restarts) simulator.restart();
      await clock.advance(10_000);
      waiting.shift()!();
      await clock.settle();
      expect(await outcome).toMatchObject({ document: { chipVerdict: { status: "verified" } } });
      await reader.close();
      expect(clock.pending).toBe(0);
    }
  });

  test("is not kept by the chip of the document before it", async () => {
    const waiting: (() => void)[] = [];
    const verifyChip = () => new Promise<void>((resolve) => waiting.push(resolve));
    const { clock, reader, simulator } = await rig({}, { verifyChip });
    simulator.lay({ ...specimenPassport(), chip: { SOD: Uint8Array.of(0x77, 0) } });
    await clock.advance(2_000);
    simulator.takeAway();
    await clock.advance(100);
    const outcome = codeOf(reader.trigger(2));
    await clock.advance(10_000);
    waiting.shift()!();
    await clock.advance(200);
    expect(await outcome).toBe("TRIGGER_TIMEOUT");
  });

  test("is not answered by the document before it", async () => {
    const { clock, reader, simulator } = await rig();
    simulator.lay(specimenPassport());
    await clock.advance(100);
    const outcome = reader.trigger(2);
    await clock.advance(3_000);
    const { document } = (await outcome) as { document: { number: number } };
    expect(document.number).toBe(2);
  });

  test("ends with the connection, with its signal, and with a wrong parameter", async () => {
    const { clock, reader, simulator } = await rig();
    const lost = codeOf(reader.trigger(60));
    await clock.settle();
    simulator.restart();
    await clock.settle();
    expect(await lost).toBe("CONNECTION_LOST");
    expect(await codeOf(reader.trigger(1))).toBe("CONNECTION_LOST");
    await clock.advance(10_000);
    const controller = new AbortController();
    const aborted = reader.trigger(60, { signal: controller.signal });
    await clock.settle();
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    expect(await codeOf(reader.trigger(1.5))).toBe("PARAM_INVALID");
  });

  test("scanners are told the kind of document", async () => {
    const { clock, reader, simulator } = await rig({
      autoRead: false,
      device: { type: "Scanner" },
    });
    simulator.lay(specimenPassport());
    const outcome = reader.triggerEx(13);
    await clock.advance(2_000);
    expect(await outcome).toMatchObject({ document: { mainId: "13" } });
  });
});

describe("questions without numbers", () => {
  test("two of the same are never under way at once, others are", async () => {
    const { reader, sent, send, clock } = await byHand();
    await sent();
    const first = reader.request(DeviceName, undefined);
    const second = reader.request(DeviceName, undefined);
    const other = reader.request(DeviceSerialNo, undefined);
    expect((await sent()).map(({ Operand }) => Operand)).toEqual(["DeviceName", "DeviceSerialNo"]);
    await send(reply("DeviceSerialNo", "S"));
    await send(reply("DeviceName", "1"));
    expect((await sent()).map(({ Operand }) => Operand)).toEqual(["DeviceName"]);
    await send(reply("DeviceName", "2"));
    expect(await Promise.all([first, second, other])).toEqual(["1", "2", "S"]);
    expect(clock.pending).toBeGreaterThan(0);
  });

  test("sentences of different ids are, told apart by the id in the answer", async () => {
    const { reader, sent, send } = await byHand();
    await sent();
    const [a, b] = [reader.constant("A"), reader.constant("B")];
    expect((await sent()).map(({ Param }) => Param)).toEqual(["A", "B"]);
    await send(reply("WebConstants", "of B", { Param: "B" }));
    await send(reply("WebConstant", "of A", { Param: "A" }));
    expect(await Promise.all([a, b])).toEqual(["of A", "of B"]);
  });

  test("DG answers a Set VIZ, and nothing else", async () => {
    const { reader, sent, send, heard } = await byHand();
    await sent();
    const dg = { Type: "Reply", Command: "Set", Operand: "DG", Succeeded: "Y" };
    await send(dg);
    expect(heard["protocol-error"].map(({ code }) => code)).toEqual(["REPLY_UNEXPECTED"]);
    const set = reader.set("VIZ", false);
    expect((await sent())[0]).toMatchObject({ Operand: "VIZ", Param: "False" });
    await send(dg);
    await set;
  });

  test("an answer that comes too late is not taken for the next one's", async () => {
    const { reader, sent, send, clock, heard } = await byHand();
    await sent();
    const first = codeOf(reader.request(DeviceName, undefined, { timeoutMs: 1_000 }));
    await clock.advance(1_000);
    expect(await first).toBe("REQUEST_TIMEOUT");
    await sent();
    const second = reader.request(DeviceName, undefined);
    expect(await sent()).toEqual([]);
    await send(reply("DeviceName", "old"));
    expect(heard["protocol-error"].map(({ code }) => code)).toEqual(["REPLY_LATE"]);
    expect(await sent()).toHaveLength(1);
    await send(reply("DeviceName", "new"));
    expect(await second).toBe("new");
  });

  test("a lost answer holds the next question up for a while only", async () => {
    const { reader, sent, send, clock } = await byHand({ requestMs: 1_000 });
    await sent();
    const first = codeOf(reader.request(DeviceName, undefined));
    await clock.advance(1_000);
    expect(await first).toBe("REQUEST_TIMEOUT");
    await sent();
    const second = reader.request(DeviceName, undefined, { timeoutMs: 5_000 });
    await clock.advance(1_000);
    expect((await sent()).map(({ Operand }) => Operand)).toEqual(["DeviceName"]);
    await send(reply("DeviceName", "2"));
    expect(await second).toBe("2");
  });

  test("a signal ends the wait, before and after the question was sent", async () => {
    const { reader, sent, clock } = await byHand();
    await sent();
    const controller = new AbortController();
    const { signal } = controller;
    const one = reader.request(DeviceName, undefined, { signal });
    const two = reader.request(DeviceName, undefined, { signal });
    await clock.settle();
    controller.abort(new Error("enough"));
    await expect(one).rejects.toThrow("enough");
    await expect(two).rejects.toThrow("enough");
    await expect(reader.request(DeviceName, undefined, { signal })).rejects.toThrow("enough");
    await reader.close();
    expect(clock.pending).toBe(0);
  });

  test("there is an end to how many may wait", async () => {
    const { reader, clock } = await byHand();
    const all = Array.from({ length: 1_100 }, () => codeOf(reader.request(DeviceName, undefined)));
    await clock.settle();
    await reader.close();
    const codes = await Promise.all(all);
    expect(codes.filter((code) => code === "PARAM_INVALID").length).toBeGreaterThan(50);
    expect(codes.filter((code) => code === "CLIENT_CLOSED").length).toBeGreaterThan(1_000);
  });
});

describe("images that were asked for", () => {
  const notify = (Param: object) => ({ Type: "Notify", Command: "Save", Operand: "Images", Param });
  const answer = (more: object) => ({
    Type: "Reply",
    Command: "Get",
    Operand: "Base64Image",
    ...more,
  });
  const [A, B] = ["/9j/AAAA", "/9j/BBBB"];
  const sizes = (images: readonly { kind: string }[]) => images.map(({ kind }) => kind);

  test("come as a notification, and their answer after that is no other's", async () => {
    const { reader, send, sent, heard } = await byHand();
    await sent();
    const first = reader.images(["White"]);
    await send(notify({ White: A }));
    expect(sizes(await first)).toEqual(["White"]);
    const second = reader.images(["IR"]);
    await send(answer({ Succeeded: "Y", Result: { White: A } }));
    await send(answer({ Succeeded: "Y", Result: { IR: B } }));
    expect(sizes(await second)).toEqual(["IR"]);
    expect(heard["protocol-error"]).toEqual([]);
  });

  test("a refusal is the next question's, where the one before was answered by images", async () => {
    const { reader, send, sent } = await byHand();
    await sent();
    const first = reader.images(["White"]);
    await send(notify({ White: A }));
    await first;
    const second = codeOf(reader.images(["White"]));
    await send(answer({ Succeeded: "N", Result: "no" }));
    expect(await second).toBe("REQUEST_REFUSED");
  });

  test("are told of again without becoming a document; others become one", async () => {
    const { reader, send, sent, clock, heard } = await byHand();
    await sent();
    const images = reader.images(["White"]);
    await send(answer({ Succeeded: "Y", Result: { White: A } }));
    await images;
    await send(notify({ White: A }));
    await clock.advance(2_000);
    expect(heard.document).toEqual([]);
    await send(notify({ White: B }));
    await clock.advance(2_000);
    expect(heard.document).toHaveLength(1);
  });

  test("more than was asked for is a document's and no answer", async () => {
    const { reader, send, sent, clock, heard } = await byHand();
    await sent();
    const images = codeOf(reader.images(["White"], { timeoutMs: 1_000 }));
    await send(notify({ White: A, IR: B }));
    await clock.advance(2_000);
    expect(await images).toBe("REQUEST_TIMEOUT");
    expect(heard.document.map((document) => sizes(document.images))).toEqual([["White", "IR"]]);
  });

  test("that were promised and never come are given up", async () => {
    const { reader, send, sent, clock } = await byHand({ requestMs: 1_000 });
    await sent();
    const images = codeOf(reader.images(["White"]));
    await send(answer({ Succeeded: "Y", Result: "" }));
    await clock.advance(3_000);
    expect(await images).toBe("REQUEST_TIMEOUT");
  });
});

describe("a batch", () => {
  const questions: readonly Question[] = [
    ask(DeviceSerialNo),
    ask(DeviceName),
    ask(VIZ, true) as Question,
    ask(VersionInfo),
  ];

  test("with a missing and a failed item gives the others", async () => {
    const { reader, sent, send, clock } = await byHand();
    await sent();
    const batch = reader.batch(questions);
    const [message] = await sent();
    expect(message!.Commands).toHaveLength(4);
    const item = (Command: string, Operand: string, more: object) => ({
      Command,
      Operand,
      ...more,
    });
    await send({
      Type: "Reply",
      Commands: [
        item("Get", "VersionInfo", { Succeeded: "Y", Result: "6" }),
        item("Set", "DG", { Succeeded: "N", Result: "no" }),
        item("Get", "DeviceSerialNo", { Succeeded: "Y", Result: "7" }),
      ],
    });
    await clock.advance(5_000);
    const outcomes = await batch;
    expect(outcomes.map((one) => (one.ok ? one.result : one.error.code))).toEqual([
      "7",
      "REQUEST_TIMEOUT",
      "REQUEST_REFUSED",
      "6",
    ]);
  });

  test("answered one by one is a batch all the same", async () => {
    const { reader } = await rig({ quirks: ["batch-single-replies"] });
    expect((await reader.batch(questions)).every(({ ok }) => ok)).toBe(true);
  });

  test("holds the same question twice", async () => {
    const { reader } = await rig();
    const outcomes = await reader.batch([ask(DeviceName), ask(DeviceName)]);
    expect(outcomes.map((one) => one.ok && one.result)).toEqual(
      Array(2).fill("Simulated passport reader"),
    );
  });

  test("a wrong parameter fails the batch before it is sent", async () => {
    const { reader, sent } = await byHand();
    await sent();
    const outcomes = await reader.batch([
      ask(DeviceName),
      { exchange: Base64Image, param: 99 } as Question,
    ]);
    expect(outcomes.map((one) => !one.ok && one.error.code)).toEqual(
      Array(2).fill("IMAGE_MASK_INVALID"),
    );
    expect(await sent()).toEqual([]);
  });
});

describe("whatever comes over the wire", () => {
  test("is an event where it is wrong, and the connection goes on", async () => {
    const { reader, send, sendBytes, heard } = await byHand();
    for (const message of [
      "not json",
      "[]",
      "{}",
      '{"Type":"Notify","Command":"Nonsense"}',
      '{"Type":"Notify","Command":"Save","Operand":"Images","Param":"x"}',
      '{"\u0422\u0443\u0440\u0435":"Notify"}',
      '{"Type":"Request","Command":"Get","Operand":"DeviceName"}',
    ]) {
      await send(message);
    }
    await sendBytes(Uint8Array.from([0xc3, 0x28]));
    expect(heard["protocol-error"].map(({ code }) => code)).toEqual([
      "JSON_INVALID",
      "MESSAGE_INVALID",
      "MESSAGE_INVALID",
      "MESSAGE_INVALID",
      "MESSAGE_INVALID",
      "TYPE_HOMOGLYPH",
      "MESSAGE_INVALID",
      "NOT_UTF8",
    ]);
    expect(reader.status.connection).toBe("open");
  });

  test("binary messages of UTF-8 are read like text", async () => {
    const { sendBytes, heard } = await byHand();
    await sendBytes(new TextEncoder().encode('{"Type":"Notify","Command":"CardDetected"}'));
    expect(heard.card).toEqual([{ card: "detected" }]);
  });

  test("a message of 32 MiB is taken; one byte more is refused and the socket closed with a reason", async () => {
    const { send, heard, services, reader, clock } = await byHand();
    const frame = (bytes: number) => {
      const start = '{"Type":"Notify","Command":"Display","Operand":"RealtimeMessage","Param":"';
      return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
    };
    await send(frame(32 * 1024 * 1024));
    expect(heard["protocol-error"]).toEqual([]);
    expect(heard.message).toHaveLength(1);
    await send(frame(32 * 1024 * 1024 + 1));
    expect(heard["protocol-error"].map(({ code }) => code)).toEqual(["MESSAGE_TOO_LARGE"]);
    expect(await services[0]!.closed).toEqual({
      by: "peer",
      code: 1009,
      reason: "MESSAGE_TOO_LARGE",
    });
    expect(reader.status.connection).toBe("waiting");
    await clock.advance(500);
    expect(reader.status.connection).toBe("open");
  });

  test("a listener that throws is reported and keeps nobody from hearing", async () => {
    const { reader, send, heard } = await byHand();
    const late: unknown[] = [];
    reader.on("card", () => {
      throw new Error("mine");
    });
    reader.on("card", (value) => late.push(value));
    reader.on("protocol-error", () => {
      throw new Error("mine too");
    });
    await send('{"Type":"Notify","Command":"CardDetected"}');
    expect(late).toHaveLength(1);
    expect(heard["protocol-error"][0]).toMatchObject({
      code: "LISTENER_FAILED",
      cause: new Error("mine"),
    });
    expect(reader.status.connection).toBe("open");
  });

  test("a listener may ask, close and take itself back while it is called", async () => {
    const { reader, simulator, clock } = await rig();
    const names: string[] = [];
    const stop = reader.on("card", () => {
      stop();
      void reader.request(DeviceName, undefined).then(async (name) => {
        names.push(name);
        await reader.close();
      });
    });
    simulator.lay(specimenPassport());
    await clock.settle();
    simulator.takeAway();
    await clock.settle();
    expect(names).toEqual(["Simulated passport reader"]);
    expect(reader.status.connection).toBe("closed");
    expect(clock.pending).toBe(0);
  });

  test("a notification that a client sends but a service never, is known to the types", () => {
    expect(RecogSpecified.codec.decode(RecogSpecified.codec.encode(13))).toBe(13);
  });
});
