import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  deviceTimeToEpoch,
  encodeBase64,
  type KnownCommand,
  type NamedRecord,
  packCommands,
} from "../src/index.js";
import { createTestEncryption, DEVICE_PROFILES, type DeviceProfileName } from "../src/testing.js";
import { createScene, give, SN, START, seeded } from "./play.js";

const MINUTE = 60_000;
const pins = (scene: ReturnType<typeof createScene>) =>
  [...scene.store.attendance.values()].map(({ pin }) => pin).sort();

describe.each(Object.keys(DEVICE_PROFILES) as DeviceProfileName[])("a %s terminal", (profile) => {
  test("makes its handshake, sets its clock, and brings every punch once", async () => {
    const scene = createScene({ profile, factoryZone: 0 }, { timeZone: "+05:45" });
    await scene.play(MINUTE);
    expect(scene.deviceEvents).toContainEqual({ event: "connected" });
    expect(deviceTimeToEpoch(scene.device.time(scene.now))! - scene.now).toBeCloseTo(
      345 * MINUTE,
      -4,
    );
    for (let i = 0; i < 300; i++)
      scene.device.recorder.punch(scene.now + i * 1000, { pin: `p${i}` });
    await scene.play(MINUTE);
    expect(scene.store.attendance.size).toBe(300);
    expect(scene.device.data.queues.ATTLOG.acknowledged).toBe(300);
    expect(scene.store.quarantine).toEqual([]);
    const [row] = scene.store.attendance.values();
    expect(Math.abs(row!.utc - (START + MINUTE))).toBeLessThan(2 * MINUTE);
  });

  test("does what it is told, and says so", async () => {
    const scene = createScene({ profile });
    await scene.play(MINUTE);
    give(scene, "u1", { command: "DATA UPDATE USERINFO", pin: "7", name: "Ann", privilege: 0 });
    give(scene, "f1", {
      command: "DATA UPDATE FINGERTMP",
      pin: "7",
      finger: 6,
      size: 4,
      valid: 1,
      template: "QUJD",
    });
    give(scene, "bad", {
      command: "DATA UPDATE FINGERTMP",
      pin: "404",
      finger: 6,
      size: 4,
      valid: 1,
      template: "QUJD",
    });
    await scene.play(MINUTE);
    expect(scene.device.data.users.get("7")).toMatchObject({ name: "Ann" });
    const states = ["u1", "f1", "bad"].map((id) => scene.store.commands.get(id));
    expect(states.map((command) => command?.state)).toEqual(["done", "done", "failed"]);
    expect(states[2]?.settlement).toMatchObject({
      returnCode: -10,
      meaning: "no user with this PIN",
    });
    expect(states.map((command) => command?.attempts)).toEqual([1, 1, 1]);
  });
});

test("a terminal in Chinese gets and gives names in its character set", async () => {
  const scene = createScene({ profile: "identityCard" });
  await scene.play(MINUTE);
  give(scene, "n", { command: "DATA UPDATE USERINFO", pin: "8", name: "\u5f20\u4e09" });
  await scene.play(MINUTE);
  expect(scene.device.data.users.get("8")?.name).toBe("\u5f20\u4e09");
  scene.device.recorder.enroll({ record: "USER", pin: "9", name: "\u674e\u56db" });
  await scene.play(MINUTE);
  expect(scene.store.records).toContainEqual({ record: "USER", pin: "9", name: "\u674e\u56db" });
});

test("a verification of an identity card is stored and is no punch", async () => {
  const scene = createScene({ profile: "identityCard" });
  await scene.play(MINUTE);
  const common = { pin: "0", status: 0, verify: 1 };
  scene.device.recorder.punch(scene.now, { ...common, idNumber: "210218199105072345" });
  scene.device.recorder.punch(scene.now, { ...common, idNumber: "210218199103062104" });
  scene.device.recorder.punch(scene.now, {
    ...common,
    idNumber: "210218199103062104",
    type: 1,
    status: 2,
  });
  await scene.play(MINUTE);
  const rows = [...scene.store.attendance.values()];
  expect(rows.map(({ kind }) => kind)).toEqual(["punch", "punch", "verification"]);
});

describe("faults", () => {
  test.each([
    ["duplicateDelivery", { duplicateDelivery: 0.5 }],
    ["reorder", { reorder: true }],
    ["lostAnswers", { lostAnswers: 0.3 }],
    ["halfSentBodies", { halfSentBodies: 0.3 }],
    ["extraColumns", { extraColumns: true }],
    ["legacyStamps", { legacyStamps: true }],
    [
      "all of these",
      {
        duplicateDelivery: 0.3,
        reorder: true,
        lostAnswers: 0.2,
        halfSentBodies: 0.2,
        extraColumns: true,
        legacyStamps: true,
      },
    ],
  ])("%s: nothing lost, nothing double", async (_name, faults) => {
    const scene = createScene(
      { faults, profile: "visibleLight" },
      { handshake: { errorDelay: 30 } },
    );
    await scene.play(2 * MINUTE);
    for (let i = 0; i < 500; i++) {
      scene.device.recorder.punch(scene.now, { pin: `p${i}` });
      await scene.play(1_000);
    }
    await scene.play(60 * MINUTE);
    expect(scene.device.data.queues.ATTLOG.acknowledged).toBe(500);
    expect(pins(scene)).toEqual(Array.from({ length: 500 }, (_, i) => `p${i}`).sort());
  });

  test("a wrong clock is seen as drift, and never set", async () => {
    const scene = createScene({ faults: { wrongClock: 15 * MINUTE } });
    await scene.play(MINUTE);
    scene.device.recorder.punch(scene.now, { pin: "1" });
    await scene.play(MINUTE);
    const device = await scene.store.device(SN);
    expect(device?.clockDriftS).toBeGreaterThan(890);
    expect(device?.clockDriftS).toBeLessThan(910);
  });
});

describe("the server", () => {
  test("says OK after the commit and never before", async () => {
    const scene = createScene();
    const order: string[] = [];
    const commit = scene.store.commit.bind(scene.store);
    scene.store.commit = async (change) => {
      await Promise.resolve();
      const done = await commit(change);
      order.push("committed");
      return done;
    };
    const { response } = await scene.server.handle(
      upload("1\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n"),
      START,
    );
    order.push(new TextDecoder().decode(response.body));
    expect(order.at(-2)).toBe("committed");
    expect(order.at(-1)).toBe("OK:1");
  });

  test("keeps the punches on the terminal when the store fails", async () => {
    const scene = createScene();
    await scene.play(MINUTE);
    const { commit } = scene.store;
    scene.store.commit = () => Promise.reject(new Error("disk full"));
    scene.device.recorder.punch(scene.now, { pin: "1" });
    await scene.play(MINUTE);
    expect(scene.device.data.queues.ATTLOG.acknowledged).toBe(0);
    expect(
      scene.serverEvents.filter(({ event }) => event === "storeFailed").length,
    ).toBeGreaterThan(3);
    scene.store.commit = commit;
    await scene.play(10 * MINUTE);
    expect(scene.device.data.queues.ATTLOG.acknowledged).toBe(1);
    expect(scene.store.attendance.size).toBe(1);
  });

  test("refuses a terminal that nobody approved, which keeps its punches", async () => {
    const scene = createScene({}, { pairing: "approve" });
    scene.device.recorder.punch(scene.now, { pin: "1" });
    await scene.play(10 * MINUTE);
    expect(scene.store.attendance.size).toBe(0);
    expect((await scene.store.device(SN))?.standing).toBe("pending");
    scene.store.setDevice(SN, { standing: "approved" });
    await scene.play(2 * MINUTE);
    expect(scene.store.attendance.size).toBe(1);
  });

  test("remembers nobody when it is closed", async () => {
    const scene = createScene({}, { pairing: "closed" });
    await scene.play(MINUTE);
    expect(await scene.store.device(SN)).toBeUndefined();
  });

  test("compares the key of a terminal, and a stranger does not shut it out", async () => {
    const commKey = () => "4a9594af164f2b9779b59e8554b5df26";
    const wrong = createScene({ commKey: "other" }, { commKey });
    await wrong.play(MINUTE);
    expect(wrong.serverEvents).toContainEqual({ event: "keyMismatch", sn: SN });
    const right = createScene({ commKey: commKey() }, { commKey });
    await right.play(MINUTE);
    const stranger = { ...upload(""), method: "GET", query: `SN=${SN}&options=all&pushcommkey=x` };
    await right.server.handle(stranger, right.now);
    right.device.recorder.punch(right.now, { pin: "1" });
    await right.play(MINUTE);
    expect(right.store.attendance.size).toBe(1);
  });

  test("puts what it cannot read into quarantine, and the terminal goes on", async () => {
    const scene = createScene();
    const body =
      "1\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\nnoise\n2\t1970-01-01 00:00:09\t0\t1\t0\t0\t0\n3\t1971--10--29 -23:-27:-54\t0\t1\t0\t0\t0\n";
    const { response } = await scene.server.handle(upload(body), START);
    expect(new TextDecoder().decode(response.body)).toBe("OK:4");
    expect(scene.store.quarantine.map(({ reason }) => reason)).toEqual([
      "CLOCK_NOT_SET",
      "TIME_INVALID",
      "RECORD_MALFORMED",
    ]);
    expect(scene.store.attendance.size).toBe(1);
  });

  test("asks for records whose numbers are missing", async () => {
    const scene = createScene({ profile: "visibleLight" });
    await scene.play(MINUTE);
    const line = (n: number) =>
      `p${n}\t2015-07-30 15:${10 + n}:00\t0\t1\t0\t0\t0\t255\t0\t0\t${n}\n`;
    await scene.server.handle(upload(line(1) + line(2)), scene.now);
    const { events } = await scene.server.handle(upload(line(5)), scene.now);
    expect(events).toContainEqual({ event: "sequenceGap", sn: SN, after: 2, before: 5 });
    expect([...scene.store.commands.values()].map(({ command }) => command)).toEqual([
      {
        command: "DATA QUERY ATTLOG",
        startTime: "2015-07-30 00:00:00",
        endTime: "2015-07-30 15:15:00",
      },
    ]);
    const again = await scene.server.handle(upload(line(3) + line(4)), scene.now);
    expect(again.events.some(({ event }) => event === "sequenceGap")).toBe(false);
  });

  test("has everything sent again when asked to", async () => {
    const scene = createScene();
    await scene.play(MINUTE);
    for (let i = 0; i < 20; i++) scene.device.recorder.punch(scene.now + i, { pin: `p${i}` });
    await scene.play(MINUTE);
    scene.store.setDevice(SN, { resync: ["ATTLOG"] });
    give(scene, "check", { command: "CHECK" }, { endsBatch: true });
    await scene.play(5 * MINUTE);
    const uploads = scene.serverEvents.filter(({ event }) => event === "attendance");
    expect(uploads.at(-1)).toMatchObject({ inserted: 0, duplicates: 20 });
    expect((await scene.store.device(SN))?.resync).toEqual([]);
    expect(scene.store.attendance.size).toBe(20);
    expect(scene.store.commands.get("check")?.state).toBe("acknowledged");
  });

  test("never opens a door twice or late", async () => {
    const scene = createScene({ faults: { lostAnswers: 0.5 } });
    await scene.play(MINUTE);
    for (let i = 0; i < 20; i++) {
      give(
        scene,
        `door${i}`,
        { command: "AC_UNLOCK" },
        { guarantee: "atMostOnce", expiresAt: scene.now + 30_000 },
      );
      await scene.play(5 * MINUTE);
    }
    const opened = scene.device.data.actions.get("AC_UNLOCK") ?? 0;
    expect(opened).toBeLessThanOrEqual(20);
    expect(opened).toBeGreaterThan(0);
    for (const command of scene.store.commands.values())
      expect(command.attempts).toBeLessThanOrEqual(1);
  });

  test("gives a command again until there is a reply", async () => {
    const scene = createScene({ faults: { lostAnswers: 0.4 } }, { leaseMs: 20_000 });
    await scene.play(MINUTE);
    for (let i = 0; i < 20; i++)
      give(scene, `u${i}`, { command: "DATA UPDATE USERINFO", pin: `${i}` });
    await scene.play(60 * MINUTE);
    expect([...scene.store.commands.values()].every(({ state }) => state === "done")).toBe(true);
    expect(scene.device.data.users.size).toBe(20);
  });

  test("gives no command that is newer than what both sides speak, and takes older records gladly", async () => {
    const scene = createScene({ profile: "standard" });
    await scene.play(MINUTE);
    give(scene, "card", { command: "DATA UPDATE IDCARD", pin: "1" });
    give(scene, "user", { command: "DATA UPDATE USERINFO", pin: "1" });
    await scene.play(MINUTE);
    const [card, user] = ["card", "user"].map((id) => scene.store.commands.get(id));
    expect(card?.settlement?.meaning).toContain("expected a terminal of version 2.3.0");
    expect([card?.state, user?.state]).toEqual(["failed", "done"]);
    const newer = {
      ...upload("ERRORLOG ErrCode=D01E0001\n"),
      query: `SN=${SN}&table=ERRORLOG&Stamp=1`,
    };
    const { events } = await scene.server.handle(newer, scene.now);
    expect(events).toContainEqual({ event: "oddities", sn: SN, codes: ["VERSION_TOO_OLD"] });
    expect(scene.store.records).toMatchObject([{ record: "ERRORLOG" }]);
  });

  test.each([
    ["10", "done"],
    ["13.0", "failed"],
  ])("a terminal of fingerprint algorithm %s and FINGERTMP: %s", async (algorithm, state) => {
    const scene = createScene();
    await scene.play(MINUTE);
    scene.store.setDevice(SN, { options: { ZKFPVersion: algorithm } });
    give(scene, "u", { command: "DATA UPDATE USERINFO", pin: "1" });
    give(scene, "f", { command: "DATA UPDATE FINGERTMP", pin: "1", finger: 1, template: "QUJD" });
    await scene.play(MINUTE);
    expect(scene.store.commands.get("f")?.state).toBe(state);
  });

  test("accepts replies of the terminal that the command was for, and of no other", async () => {
    const scene = createScene();
    await scene.play(MINUTE);
    give(scene, "u1", { command: "DATA UPDATE USERINFO", pin: "1" });
    const reply = {
      ...upload("ID=u1&Return=0&CMD=DATA\nID=made&Return=0&CMD=DATA\n"),
      path: "/iclock/devicecmd",
      query: "SN=9999999999",
    };
    const { events } = await scene.server.handle(reply, scene.now);
    expect(events.filter(({ event }) => event === "unknownCommand")).toHaveLength(2);
    expect(scene.store.commands.get("u1")?.state).toBe("queued");
  });
});

const upload = (body: string) => ({
  method: "POST",
  path: "/iclock/cdata",
  query: `SN=${SN}&table=ATTLOG&Stamp=9999`,
  headers: [],
  body: new TextEncoder().encode(body),
});

test("people go from one terminal to another with templates and pictures", async () => {
  const from = createScene();
  await from.play(MINUTE);
  const face = encodeBase64(Uint8Array.from({ length: 40 }, (_, i) => i));
  const templates: NamedRecord[] = [
    { record: "FP", pin: "7", finger: 6, size: 4, valid: 1, template: "QUJD" },
    { record: "FACE", pin: "7", index: 0, size: face.length, valid: 1, template: face },
    {
      record: "BIODATA",
      pin: "7",
      number: 0,
      index: 0,
      valid: 1,
      duress: 0,
      type: 9,
      majorVersion: 40,
      minorVersion: 1,
      format: 0,
      template: "QUJD",
    },
    { record: "USERPIC", pin: "7", fileName: "7.jpg", size: 4, content: "/9j/" },
    { record: "BIOPHOTO", pin: "7", fileName: "7.jpg", type: 9, size: 4, content: "/9j/" },
  ];
  from.device.recorder.enroll(
    { record: "USER", pin: "7", name: "Ann", extra: [{ key: "Enable", value: "1" }] },
    ...templates,
  );
  await from.play(MINUTE);
  const { issueRecord } = await import("../src/index.js");
  const commands = from.store.records
    .map(issueRecord)
    .filter((c): c is KnownCommand => c !== undefined);
  const to = createScene({ random: seeded(2) });
  await to.play(MINUTE);
  commands.forEach((command, i) => {
    give(to, `c${i}`, command);
  });
  await to.play(5 * MINUTE);
  expect([...to.store.commands.values()].map(({ state }) => state)).toEqual(Array(6).fill("done"));
  expect(to.device.data.users.get("7")).toEqual({ record: "USER", pin: "7", name: "Ann" });
  const kinds = [...to.device.data.templates.values()].map(({ record }) => record).sort();
  expect(kinds).toEqual(["BIODATA", "BIOPHOTO", "FACE", "FP", "USERPIC"]);
  const copied = [...to.device.data.templates.values()].find((r) => r.record === "FACE");
  const bytes = Buffer.from((copied as { template: string }).template, "base64");
  expect([...bytes.subarray(16)]).toEqual(Array.from({ length: 24 }, (_, i) => i + 16));
});

describe("files", () => {
  const token = "tok_0123456789abcdef";
  const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
  const firmware = new TextEncoder().encode("firmware ".repeat(200));

  test.each([
    ["in base64", undefined, true],
    ["as it is", 1, false],
  ])("firmware is served %s and installed", async (_how, type, base64) => {
    const scene = createScene(
      { md5 },
      { file: async (asked) => (asked === token ? { content: firmware, base64 } : undefined) },
    );
    await scene.play(MINUTE);
    give(scene, "up", {
      command: "UPGRADE",
      checksum: md5(firmware),
      size: firmware.length,
      url: `http://elsewhere.example/iclock/file/${token}/emfw.cfg`,
      ...(type === undefined ? {} : { type }),
    });
    await scene.play(MINUTE);
    expect(scene.store.commands.get("up")?.state).toBe("done");
    expect(scene.device.data.files.get("emfw.cfg")).toEqual(firmware);
  });

  test("a package replaces or adds", async () => {
    const commands = ["1", "2", "3"].map((pin) => ({
      id: `p${pin}`,
      command: { command: "DATA UPDATE USERINFO" as const, pin },
    }));
    const content = packCommands(commands);
    const scene = createScene({}, { file: async () => ({ content, base64: false }) });
    await scene.play(MINUTE);
    give(scene, "u", { command: "DATA UPDATE USERINFO", pin: "old" });
    give(scene, "s", {
      command: "PutFile",
      url: `file/${token}/a.tgz`,
      filePath: "/mnt/",
      action: "SyncData",
      tableName: "USERINFO",
      recordCount: 3,
    });
    await scene.play(MINUTE);
    expect([...scene.device.data.users.keys()]).toEqual(["1", "2", "3"]);
    expect(scene.store.commands.get("s")?.settlement).toMatchObject({
      state: "done",
      returnCode: 3,
    });
  });

  test("ranges are served, and nothing without a token of this server", async () => {
    const asked: string[] = [];
    const scene = createScene(
      {},
      {
        file: async (name) => {
          asked.push(name);
          return name === token ? { content: firmware, base64: false } : undefined;
        },
      },
    );
    const get = (path: string, query = "", range?: string) =>
      scene.server.handle(
        {
          method: "GET",
          path,
          query,
          headers: range === undefined ? [] : [["RANGE", range]],
          body: new Uint8Array(),
        },
        START,
      );
    const part = await get(`/iclock/file/${token}/x`, "", "bytes=10-19");
    expect(part.response.status).toBe(206);
    expect(part.response.body).toEqual(firmware.subarray(10, 20));
    const end = await get(`/iclock/file/${token}/x`, "", "bytes=-5");
    expect(end.response.body).toEqual(firmware.subarray(-5));
    expect((await get(`/iclock/file/${token}/x`, "", "bytes=99999-")).response.status).toBe(416);
    expect((await get("/iclock/file", `SN=${SN}&url=http://10.0.0.1/secret`)).response.status).toBe(
      404,
    );
    expect((await get("/iclock/file/../../etc/passwd")).response.status).toBe(404);
    expect(new Set(asked)).toEqual(new Set([token]));
  });
});

describe("questions", () => {
  test("background verification asks a hook, and silence is a no", async () => {
    const allow = createScene({}, { verify: async ({ pin }) => pin === "7" });
    await allow.play(MINUTE);
    allow.device.recorder.verify("7");
    allow.device.recorder.verify("8");
    await allow.play(MINUTE);
    expect(allow.deviceEvents.filter(({ event }) => event === "verified")).toEqual([
      { event: "verified", pin: "7", allowed: true },
      { event: "verified", pin: "8", allowed: false },
    ]);
    const silent = createScene();
    await silent.play(MINUTE);
    silent.device.recorder.verify("7");
    await silent.play(MINUTE);
    expect(silent.deviceEvents).toContainEqual({ event: "verified", pin: "7", allowed: false });
  });

  test.each([false, true])(
    "remote attendance brings a person, old form %s",
    async (legacyStamps) => {
      const scene = createScene({ faults: { legacyStamps } }, { remoteAttendance: true });
      await scene.play(MINUTE);
      await scene.store.commit({
        sn: SN,
        receivedAt: START,
        records: [
          { record: "USER", pin: "55", name: "Eve" },
          { record: "FP", pin: "55", finger: 1, size: 4, valid: 1, template: "QUJD" },
        ],
      });
      scene.device.recorder.enter("55");
      scene.device.recorder.enter("56");
      await scene.play(MINUTE);
      expect(scene.deviceEvents.filter(({ event }) => event === "person")).toEqual([
        { event: "person", pin: "55", found: true },
        { event: "person", pin: "56", found: false },
      ]);
      expect(scene.device.data.templates.size).toBe(1);
    },
  );
});

describe("encryption", () => {
  test("goes through the exchange with a provider, and every body is covered", async () => {
    const scene = createScene(
      { profile: "visibleLight", encryption: createTestEncryption(seeded(3)) },
      { encryption: () => createTestEncryption(seeded(4)) },
    );
    await scene.play(MINUTE);
    scene.device.recorder.punch(scene.now, { pin: "secret7" });
    const bodies: string[] = [];
    const handle = scene.server.handle.bind(scene.server);
    (scene as { server: typeof scene.server }).server = {
      handle: (request, now) => {
        bodies.push(new TextDecoder("latin1").decode(request.body));
        return handle(request, now);
      },
    };
    await scene.play(MINUTE);
    expect(pins(scene)).toEqual(["secret7"]);
    expect(bodies.some((body) => body.includes("secret7"))).toBe(false);
  });

  test("without a provider the exchange is refused, and so is the older encryption", async () => {
    const scene = createScene({ profile: "visibleLight" });
    await scene.play(MINUTE);
    const exchange = {
      ...upload("PublicKey=QUJD"),
      path: "/iclock/exchange",
      query: `SN=${SN}&type=publickey`,
    };
    const { response, events } = await scene.server.handle(exchange, scene.now);
    expect(new TextDecoder().decode(response.body)).not.toMatch(/OK/i);
    expect(events).toEqual([{ event: "notUnderstood", sn: SN, reason: "ENCRYPTION_UNAVAILABLE" }]);
    const lzo = await scene.server.handle(upload("LZO1\x10\0\0\0garbage"), scene.now);
    expect(new TextDecoder().decode(lzo.response.body)).not.toMatch(/OK/i);
    expect(lzo.events).toEqual([{ event: "notUnderstood", sn: SN, reason: "LEGACY_ENCRYPTION" }]);
  });
});

describe("settings are obeyed", () => {
  test("without real time, uploads wait for the interval", async () => {
    const scene = createScene(
      {},
      { handshake: { realtime: false, transInterval: 5, transTimes: [] } },
    );
    await scene.play(MINUTE);
    await scene.play(5 * MINUTE);
    scene.device.recorder.punch(scene.now, { pin: "1" });
    await scene.play(MINUTE);
    expect(scene.store.attendance.size).toBe(0);
    await scene.play(5 * MINUTE);
    expect(scene.store.attendance.size).toBe(1);
  });

  test("without an interval, they wait for the time of the day, or for LOG", async () => {
    // The scene starts at 15:25 by the terminal's clock.
    const scene = createScene(
      {},
      { handshake: { realtime: false, transInterval: 0, transTimes: ["16:00"] } },
    );
    await scene.play(2 * MINUTE);
    scene.device.recorder.punch(scene.now, { pin: "1" });
    await scene.play(20 * MINUTE);
    expect(scene.store.attendance.size).toBe(0);
    await scene.play(20 * MINUTE);
    expect(scene.store.attendance.size).toBe(1);
    scene.device.recorder.punch(scene.now, { pin: "2" });
    give(scene, "log", { command: "LOG" });
    await scene.play(2 * MINUTE);
    expect(scene.store.attendance.size).toBe(2);
  });

  test.each([
    [{ format: "names", names: ["OpLog"] } as const, 0, 1],
    [{ format: "digits", digits: "100000000000" } as const, 1, 0],
    [{ format: "digits", digits: "000000000000" } as const, 0, 0],
  ])("only what TransFlag names goes up by itself", async (transFlag, punches, records) => {
    const scene = createScene({}, { handshake: { transFlag } });
    await scene.play(MINUTE);
    scene.device.recorder.punch(scene.now, { pin: "1" });
    scene.device.recorder.note({
      record: "OPLOG",
      operation: 4,
      operator: "1",
      time: scene.device.time(scene.now),
      operands: ["0", "0", "0", "0"],
    });
    await scene.play(MINUTE);
    expect([scene.store.attendance.size, scene.store.records.length]).toEqual([punches, records]);
  });
});

test("a terminal whose records nobody wants sleeps until its next poll", async () => {
  const transFlag = { format: "names", names: ["OpLog"] } as const;
  const scene = createScene({}, { handshake: { transFlag } });
  await scene.play(60_000);
  scene.device.recorder.punch(scene.now, { pin: "7" });
  let sent = 0;
  let slept = 0;
  for (let now = scene.now; now < scene.now + 100_000; ) {
    const step = scene.device.next(now);
    if ("wakeAt" in step) {
      expect(step.wakeAt).toBeGreaterThan(now);
      now = step.wakeAt;
      slept++;
    } else {
      const { response } = await scene.server.handle(step.send, now);
      scene.device.receive(response, now);
      sent++;
    }
  }
  expect(scene.store.attendance.size).toBe(0);
  expect(sent).toBeLessThan(20);
  expect(slept).toBeLessThan(20);
});
