import { describe, expect, test } from "vitest";
import { CONNECTION_TRANSITIONS, DeviceName, openReader } from "../src/index.js";
import { createFakeClock, createSimulator, specimenPassport } from "../src/testing.js";
import { byHand, codeOf, listen, rig } from "./rig.js";

const realtime = (Command: string, Param?: string) => ({
  Type: "Notify",
  Command,
  Operand: "RealtimeMessage",
  ...(Param === undefined ? {} : { Param }),
});

describe("the connection", () => {
  test("comes back after it was cut, with longer pauses until it holds", async () => {
    const hand = await byHand();
    const { clock, reader, services } = hand;
    hand.refuseConnections(true);
    hand.cut();
    await clock.settle();
    expect(reader.status.connection).toBe("waiting");
    // Pauses of 500, 1,000, 2,000, 4,000, 8,000 and 16,000 ms, then of 30,000 ms.
    await clock.advance(31_499);
    expect(services).toHaveLength(1);
    hand.refuseConnections(false);
    await clock.advance(1);
    expect(reader.status.connection).toBe("open");
    hand.cut();
    await clock.advance(29_999);
    expect(reader.status.connection).toBe("waiting");
    await clock.advance(1);
    expect(reader.status.connection).toBe("open");
    await clock.advance(10_000);
    hand.cut();
    await clock.advance(500);
    expect(reader.status.connection).toBe("open");
    expect(services).toHaveLength(4);
  });

  test.each(["Reconnect", "ReConnect"])("comes back when the service says %s", async (command) => {
    const { clock, reader, services, send, heard } = await byHand();
    await send(realtime(command));
    expect(heard.message).toEqual([{ reason: "reconnect", text: "" }]);
    expect(reader.status.connection).toBe("waiting");
    expect(await services[0]!.closed).toMatchObject({ by: "peer", code: 1000 });
    await clock.advance(500);
    expect(reader.status.connection).toBe("open");
    expect(services).toHaveLength(2);
  });

  test("waits longer when the service says that it restarts", async () => {
    const { clock, reader, send } = await byHand();
    await send(realtime("RestartService", "soon"));
    await clock.advance(2_999);
    expect(reader.status.connection).toBe("waiting");
    await clock.advance(1);
    expect(reader.status.connection).toBe("open");
  });

  test("holds one socket at a time", async () => {
    const { clock, reader, services, send } = await byHand();
    for (let i = 0; i < 5; i++) {
      await send(realtime("Reconnect"));
      await clock.advance(30_000);
    }
    const open = await Promise.all(
      services.map((one) => Promise.race([one.closed.then(() => 0), clock.settle().then(() => 1)])),
    );
    expect(open.reduce((sum: number, one) => sum + one, 0)).toBe(1);
    expect(reader.status.connection).toBe("open");
  });

  test("sets everything again at each connection", async () => {
    const { clock, simulator, heard } = await rig();
    simulator.restart({ announced: false });
    await clock.advance(1_000);
    simulator.lay(specimenPassport());
    await clock.settle();
    simulator.takeAway();
    await clock.settle();
    expect(heard.card).toEqual([{ card: "detected" }, { card: "taken-away" }]);
  });

  test("a service that restarts in mid-session gives what came, and the next document whole", async () => {
    const { clock, simulator, heard } = await rig({ imagesMs: 1_000 });
    simulator.lay(specimenPassport({ surname: "ALPHA" }));
    await clock.advance(100);
    simulator.restart();
    await clock.advance(5_000);
    simulator.lay(specimenPassport({ surname: "BRAVO" }));
    await clock.advance(5_000);
    expect(
      heard.document.map(({ closedBy, document, images }) => [
        closedBy,
        document.surname?.value,
        images.length,
      ]),
    ).toEqual([
      ["connection-lost", "ALPHA", 0],
      ["settled", "BRAVO", 5],
    ]);
    expect(heard.uncertain).toEqual([]);
  });

  test("that ends rejects what was under way and keeps what was not sent yet", async () => {
    const hand = await byHand();
    const { clock, reader, sent, send } = hand;
    await sent();
    const first = codeOf(reader.request(DeviceName, undefined));
    const second = reader.request(DeviceName, undefined, { timeoutMs: 60_000 });
    await clock.settle();
    hand.cut();
    expect(await first).toBe("CONNECTION_LOST");
    await clock.advance(500);
    expect((await sent()).filter(({ Operand }) => Operand === "DeviceName")).toHaveLength(2);
    await send({
      Type: "Reply",
      Command: "Get",
      Operand: "DeviceName",
      Succeeded: "Y",
      Result: "R",
    });
    expect(await second).toBe("R");
  });

  test("may be opened anew by hand, after settings were changed in the service's own window", async () => {
    const { clock, reader, simulator, heard } = await rig();
    simulator.say("settings-changed");
    await clock.settle();
    expect(heard.message).toMatchObject([{ reason: "reconnect-needed" }]);
    reader.reconnect();
    await clock.advance(500);
    expect(reader.status.connection).toBe("open");
    expect(simulator.clients).toBe(1);
  });

  test("is given up where that is wanted, with the reason", async () => {
    const clock = createFakeClock();
    const reader = openReader({
      clock,
      reconnect: false,
      open: async () => {
        throw new Error("nobody listens");
      },
    });
    await expect(reader.ready()).rejects.toMatchObject({
      code: "UNREACHABLE",
      cause: new Error("nobody listens"),
    });
    expect(reader.status.connection).toBe("closed");
    expect(await codeOf(reader.request(DeviceName, undefined))).toBe("CLIENT_CLOSED");
    expect(clock.pending).toBe(0);
  });

  test("that is closed while it is being opened is closed for good", async () => {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock });
    let release: () => void = () => {};
    let aborted = false;
    const reader = openReader({
      clock,
      open: async (signal) => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return simulator.connect();
      },
    });
    await clock.settle();
    await reader.close();
    release();
    await clock.settle();
    expect([aborted, simulator.clients, reader.status.connection]).toEqual([true, 0, "closed"]);
  });

  test("that does not open in time is given up, and tried again", async () => {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock });
    let attempts = 0;
    let aborted = 0;
    const reader = openReader({
      clock,
      open: (signal) => {
        attempts += 1;
        signal.addEventListener("abort", () => {
          aborted += 1;
        });
        return attempts === 1 ? new Promise(() => {}) : Promise.resolve(simulator.connect());
      },
    });
    await clock.advance(9_999);
    expect([reader.status.connection, attempts, aborted]).toEqual(["connecting", 1, 0]);
    await clock.advance(501);
    expect([reader.status.connection, attempts, aborted]).toEqual(["open", 2, 1]);
    await clock.advance(60_000);
    expect(attempts).toBe(2);
    await reader.close();
    expect(clock.pending).toBe(0);
  });

  test("waits for the service as long as it takes, and a signal ends the wait", async () => {
    const hand = await byHand();
    hand.refuseConnections(true);
    hand.cut();
    await hand.clock.settle();
    const controller = new AbortController();
    const aborted = hand.reader.ready({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    const ready = hand.reader.ready();
    hand.refuseConnections(false);
    await hand.clock.advance(60_000);
    await ready;
  });

  test("moves by its table and no other way", () => {
    const events = new Set(
      Object.values(CONNECTION_TRANSITIONS).flatMap((row) => Object.keys(row)),
    );
    expect([...events].sort()).toEqual([
      "drop",
      "give-up",
      "lost",
      "opened",
      "retry",
      "start",
      "stop",
    ]);
    expect(CONNECTION_TRANSITIONS.closed).toEqual({});
  });
});

describe("the reader's state, whatever the language", () => {
  test("no reader at connect, plugged in later, unplugged and back", async () => {
    const { clock, reader, simulator, heard } = await rig({ plugged: false });
    expect(reader.status).toEqual({ connection: "open", device: "absent" });
    simulator.plug();
    await clock.settle();
    expect(reader.status.device).toBe("connected");
    simulator.unplug();
    await clock.settle();
    expect(reader.status.device).toBe("absent");
    simulator.plug();
    await clock.settle();
    expect(heard.status.map(({ device }) => device)).toEqual([
      "unknown",
      "absent",
      "connected",
      "absent",
      "connected",
    ]);
    expect(heard.message.map(({ reason }) => reason)).toEqual([
      "device-connected",
      "device-absent",
      "device-connected",
    ]);
  });

  test("a language that nobody here knows is learned from the service", async () => {
    const constants = {
      DeviceConnected: "Leser verbunden",
      DeviceReconnected: "Leser wieder da",
      DeviceOffLine: "Leser weg",
      DeviceNotConnected: "Kein Leser",
      NeedRefresh: "Bitte neu verbinden",
    };
    const { clock, reader, simulator, heard } = await rig({ constants, plugged: false });
    expect(reader.status.device).toBe("absent");
    simulator.plug();
    await clock.settle();
    expect(reader.status.device).toBe("connected");
    simulator.unplug();
    await clock.settle();
    expect(reader.status.device).toBe("absent");
    simulator.say("settings-changed");
    await clock.settle();
    expect(heard.message.at(-1)).toEqual({
      reason: "reconnect-needed",
      text: "Bitte neu verbinden",
    });
  });

  test("a service without sentences is understood by those that it ships with", async () => {
    for (const [text, device] of [
      ["Device is connected", "connected"],
      ["设备已连接", "connected"],
      ["  device NOT  connected ", "absent"],
      ["设备未连接", "absent"],
      ["anything else", "unknown"],
    ]) {
      const { reader, send } = await byHand();
      await send({
        Type: "Reply",
        Command: "Get",
        Operand: "OnLineStatus",
        Succeeded: "Y",
        Result: text,
      });
      expect(reader.status.device).toBe(device);
    }
  });

  test("a refused status means that no reader is there", async () => {
    const { reader, send } = await byHand();
    await send({
      Type: "Reply",
      Command: "Get",
      Operand: "OnLineStatus",
      Succeeded: "N",
      Result: "?",
    });
    expect(reader.status.device).toBe("absent");
  });

  test("a sentence that is not understood makes the client ask, once", async () => {
    const { sent, send, heard, clock, reader } = await byHand();
    await send({
      Type: "Reply",
      Command: "Get",
      Operand: "OnLineStatus",
      Succeeded: "Y",
      Result: "x",
    });
    await sent();
    for (let i = 0; i < 2_000; i++) await send(realtime("Display", `unplugged, perhaps ${i}`));
    expect((await sent()).map(({ Operand }) => Operand)).toEqual(["OnLineStatus"]);
    expect(heard.message).toHaveLength(2_000);
    expect(heard["protocol-error"]).toEqual([]);
    await reader.close();
    expect(clock.pending).toBe(0);
  });

  test("support is asked for under both names", async () => {
    const { send, heard } = await byHand();
    await send(realtime("AskForSupport", "call 5"));
    await send(realtime("AskSupport", "call 6"));
    expect(heard.message).toEqual([
      { reason: "support", text: "call 5" },
      { reason: "support", text: "call 6" },
    ]);
  });

  test("status is told when it changes, not each time that it is asked", async () => {
    const { reader, heard } = await rig();
    for (let i = 0; i < 3; i++) await reader.info();
    expect(heard.status.map(({ device }) => device)).toEqual(["unknown", "connected"]);
    expect(listen(reader).status).toEqual([]);
  });
});
