import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  CommandLine,
  createGate,
  createServerEngine,
  encodeDateTimeOption,
  InitializationReply,
  issueRecord,
  PutFile,
  type ServerEngineOptions,
  type ServerEvent,
  SetOption,
  Shell,
  UserRecord,
  ZkPushError,
} from "../src/index.js";
import { createPushListener } from "../src/node/index.js";
import { createMemoryStore, type MemoryStore } from "../src/testing.js";
import { createScene, give, SN } from "./play.js";

/**
 * What real terminals do and the document does not say, each as bytes on a socket, in the order of
 * the list in docs/protocols/zk-push.md.
 */

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Site {
  readonly store: MemoryStore;
  readonly events: ServerEvent[];
  /** Sends bytes, in one portion or several, and gives the answer as it came. */
  raw(...portions: (string | Uint8Array)[]): Promise<string>;
}

const open = async (options: Partial<ServerEngineOptions> = {}): Promise<Site> => {
  const store = createMemoryStore();
  const events: ServerEvent[] = [];
  let id = 0;
  const engine = createServerEngine({
    store,
    pairing: "open",
    timeZone: "+08:00",
    newCommandId: () => `auto${++id}`,
    ...options,
  });
  const listener = createPushListener({
    gate: createGate(engine),
    onEvents: (some) => events.push(...some),
  });
  const server = createServer((request, response) => {
    if (!listener.request(request, response)) response.writeHead(404).end();
  });
  server.on("clientError", listener.clientError);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    store,
    events,
    raw: (...portions) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, "127.0.0.1");
        const parts: Buffer[] = [];
        socket.on("data", (part) => parts.push(part));
        socket.on("end", () => resolve(Buffer.concat(parts).toString("latin1")));
        socket.on("error", reject);
        void (async () => {
          for (const portion of portions) {
            socket.write(portion);
            if (portions.length > 1) await new Promise((wait) => setTimeout(wait, 5));
          }
        })();
      }),
  };
};

const LINE = "1452\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n";

const head = (target: string, headers: readonly string[] = [], method = "GET"): string =>
  [
    `${method} ${target} HTTP/1.1`,
    "Host: 58.250.50.81:8011",
    "User-Agent: iClock Proxy/1.09",
    "Connection: close",
    "Accept: */*",
    ...headers,
    "",
    "",
  ].join("\r\n");

const post = (
  target: string,
  body: string | Uint8Array,
  headers: readonly string[] = [],
): Uint8Array => {
  const bytes = typeof body === "string" ? Buffer.from(body, "latin1") : Buffer.from(body);
  return Buffer.concat([
    Buffer.from(head(target, [`Content-Length: ${bytes.length}`, ...headers], "POST")),
    bytes,
  ]);
};

const cdata = (query: string): string => `/iclock/cdata?SN=${SN}&${query}`;
const attlog = (body: string, headers: readonly string[] = []): Uint8Array =>
  post(cdata("table=ATTLOG&Stamp=9999"), body, headers);
const operlog = (body: string): Uint8Array => post(cdata("table=OPERLOG&Stamp=9999"), body);
const replies = (body: string): Uint8Array => post(`/iclock/devicecmd?SN=${SN}`, body);
const bodyOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);
const handshake = head(cdata("options=all&pushver=2.4.1&language=69"));
const poll = head(`/iclock/getrequest?SN=${SN}`);

const later = (): number => Date.now() + 60_000;
const queue = (
  site: Site,
  id: string,
  command: CommandLine["command"],
  endsBatch = false,
): void => {
  site.store.enqueue(SN, [
    { id, command, guarantee: "atLeastOnce", endsBatch, expiresAt: later() },
  ]);
};

const rows = (site: Site) => [...site.store.attendance.values()];

describe("request line and headers", () => {
  test("1: a body is read by path and table, whatever its Content-Type, or none", async () => {
    const site = await open();
    const types = [
      [],
      ["Content-Type: text/plain"],
      ["Content-Type: text/plain;charset=UTF-8"],
      ["Content-Type: application/push;charset=UTF-8"],
      ["Content-Type: application/x-www-form-urlencoded"],
      ["Content-Type: multipart/form-data; boundary=x"],
    ];
    for (const [i, headers] of types.entries()) {
      const answer = await site.raw(attlog(`p${i}\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n`, headers));
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(bodyOf(answer)).toBe("OK:1");
    }
    expect(rows(site)).toHaveLength(types.length);
  });

  test("2: paths in any case, with an extension, a slash at the end, the prefix twice", async () => {
    const site = await open();
    const paths = [
      "/iclock/cdata.aspx",
      "/iclock/cdata.php",
      "/iclock/cdata/",
      "/ICLOCK/CDATA",
      "/iclock/iclock/cdata",
    ];
    for (const [i, path] of paths.entries()) {
      const target = `${path}?SN=${SN}&table=ATTLOG&Stamp=1`;
      const answer = await site.raw(post(target, `p${i}\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n`));
      expect(bodyOf(answer), path).toBe("OK:1");
    }
    expect(rows(site)).toHaveLength(paths.length);
    expect(bodyOf(await site.raw(head("/iclock/test")))).toBe("Test");
    expect(
      bodyOf(await site.raw(post(`/iclock/querydata?SN=${SN}&table=USERINFO`, "USER PIN=1\n"))),
    ).toBe("OK:1");
    expect(await site.raw(head("/iclock/nothing?SN=1234567"))).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("3: a space for an ampersand, stamps under other names, Get for a method", async () => {
    const site = await open();
    expect(
      bodyOf(await site.raw(post(`/iclock/cdata?SN=${SN}&table=ATTLOG Stamp=123`, LINE))),
    ).toBe("OK:1");
    const other = LINE.replace("1452", "7");
    expect(bodyOf(await site.raw(post(cdata("table=ATTLOG&AttLogStamp=124"), other)))).toBe("OK:1");
    expect(bodyOf(await site.raw(post(cdata("table=OPERLOG&OpStamp=55"), "USER PIN=1\n")))).toBe(
      "OK:1",
    );
    const info = "INFO=Ver 8.0.4.3 Sep 2020,1,2,3,10.0.0.7,10,7,15,0,111";
    expect(bodyOf(await site.raw(head(`/iclock/getrequest?SN=${SN}&${info}`, [], "Get")))).toBe(
      "OK",
    );
    const device = await site.store.device(SN);
    expect(device?.stamps).toEqual({ ATTLOG: "124", OPERLOG: "55" });
    expect(device?.info?.firmware).toBe("Ver 8.0.4.3 Sep 2020");
    expect(site.store.quarantine).toEqual([]);
  });

  test("4: a constant stamp hides no record, and only digits are sent back", async () => {
    const site = await open();
    for (let i = 0; i < 3; i++) await site.raw(attlog(LINE.replace("1452", `p${i}`)));
    await site.raw(attlog(LINE.replace("1452", "p0")));
    expect(rows(site)).toHaveLength(3);
    await site.raw(post(cdata("table=ATTLOG&Stamp=1%0AICLOCKSVRURL=http://evil"), LINE));
    const reply = bodyOf(await site.raw(handshake));
    expect(reply).toContain("\nATTLOGStamp=9999\n");
    expect(reply).not.toContain("ICLOCKSVRURL");
  });

  test("5: terminals behind one address are told apart by their serial numbers", async () => {
    const site = await open();
    const sns = Array.from({ length: 60 }, (_, i) => `CGKK${100_000 + i}`);
    const answers = await Promise.all(
      sns.map((sn) => site.raw(post(`/iclock/cdata?SN=${sn}&table=ATTLOG&Stamp=1`, LINE))),
    );
    expect(answers.map(bodyOf)).toEqual(sns.map(() => "OK:1"));
    expect(new Set(rows(site).map(({ sn }) => sn)).size).toBe(60);
  });
});

describe("handshake", () => {
  test("6: every line ends in a line feed and fits into the terminal's buffers", async () => {
    const site = await open();
    const reply = bodyOf(await site.raw(handshake));
    expect(reply.startsWith(`GET OPTION FROM: ${SN}\n`)).toBe(true);
    expect(reply.endsWith("\n")).toBe(true);
    for (const line of reply.split("\n")) expect(line.length).toBeLessThan(2_048);
    expect(/TransFlag=(.*)\n/.exec(reply)![1]!.length).toBeLessThan(256);
    expect(/ServerVer=(.*)\n/.exec(reply)![1]!.length).toBeLessThan(64);
    expect(/TransTimes=(.*)\n/.exec(reply)![1]!.length).toBeLessThan(128);
  });

  test("7: UN and RETRY are failures to a terminal, and nothing redirects it", async () => {
    for (const body of ["UNKNOWN DEVICE", "UNAUTHORISED", "RETRY=60"]) {
      const { device } = createScene();
      device.next(0);
      const response = { status: 200, headers: [], body: Buffer.from(body) };
      expect(device.receive(response, 1)).toMatchObject([{ event: "offline" }]);
    }
    expect(() =>
      InitializationReply.encode({ sn: SN, extra: [{ key: "ICLOCKSVRURL", value: "http://x" }] }),
    ).toThrow(ZkPushError);
    const site = await open({ pairing: "approve" });
    expect(bodyOf(await site.raw(handshake))).toMatch(/^UN/);
  });

  test("8: ServerVer is set, and old stamps and paths are understood too", async () => {
    const site = await open();
    const reply = bodyOf(await site.raw(handshake));
    expect(reply).toMatch(/\nServerVer=2\.4\.1\n/);
    expect(reply).toMatch(/\nATTLOGStamp=None\n/);
    expect(reply).toMatch(/\nStamp=None\n/);
    const photo = Buffer.from(
      "PIN=20150731103012-1.jpg\nSN=1\nsize=4\nCMD=uploadphoto\0\xff\xd8\xff\xd9",
      "latin1",
    );
    expect(bodyOf(await site.raw(post(`/iclock/fdata?SN=${SN}&PhotoStamp=12`, photo)))).toBe("OK");
    expect(site.store.photos).toHaveLength(1);
    expect((await site.store.device(SN))?.stamps).toEqual({ ATTPHOTO: "12" });
  });

  test.each([
    ["+08:00", "8"],
    ["+05:30", "330"],
    ["+05:45", "345"],
    ["-03:30", "-210"],
    ["+14:00", "840"],
    ["-12:00", "-720"],
    ["Asia/Kolkata", "330"],
  ])("9: the zone %s is %s, an integer that terminals read right", async (timeZone, value) => {
    const site = await open({ timeZone });
    expect(bodyOf(await site.raw(handshake))).toContain(`\nTimeZone=${value}\n`);
  });

  test("10: every answer has text/plain and Date, without which no clock is set", async () => {
    const site = await open();
    for (const request of [
      handshake,
      poll,
      attlog(LINE),
      replies("ID=1&Return=0&CMD=DATA\n"),
      head(`/iclock/ping?SN=${SN}`),
    ]) {
      const answer = await site.raw(request);
      expect(answer).toMatch(/\r\nContent-Type: text\/plain\r\n/);
      expect(answer).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    }
    const body = Buffer.from("OK");
    const date = ["Date", "Fri, 03 Jul 2015 06:53:01 GMT"] as const;
    const plain = ["Content-Type", "text/plain"] as const;
    const at = Date.UTC(2015, 6, 3, 6, 53, 1);
    const shownAfter = (
      headers: readonly (readonly [string, string])[],
      daylightSaving = false,
      now = at,
    ) => {
      const { device } = createScene({ factoryZone: 0, faults: {}, daylightSaving });
      device.next(now - 60_000);
      device.receive({ status: 200, headers, body }, now - 60_000);
      return device.time(now - 60_000);
    };
    expect(shownAfter([date])).toBe("2015-07-03 06:52:01");
    expect(shownAfter([plain])).toBe("2015-07-03 06:52:01");
    expect(shownAfter([date, ["Content-Type", "text/html"]])).toBe("2015-07-03 06:52:01");
    expect(shownAfter([date, plain])).toBe("2015-07-03 06:53:01");
    expect(shownAfter([date, plain], true)).toBe("2015-07-03 07:53:01");
    // Ten seconds are let pass.
    expect(shownAfter([date, plain], false, at + 55_000)).toBe("2015-07-03 06:52:56");
  });

  test("11: options are asked for and acknowledged bare; TransFlag is cut by tabs", async () => {
    const site = await open();
    const reply = bodyOf(await site.raw(handshake));
    expect(reply).toMatch(/\nPushOptionsFlag=1\n/);
    expect(reply).toMatch(/\nPushOptions=FingerFunOn,/);
    expect(reply).toMatch(/\nTransFlag=TransData AttLog\tOpLog\t/);
    const answer = await site.raw(post(cdata("table=options"), "FingerFunOn=1,FaceFunOn=1"));
    expect(bodyOf(answer)).toBe("OK");
    expect((await site.store.device(SN))?.options).toEqual({ FingerFunOn: "1", FaceFunOn: "1" });
  });

  test("12: the access-control dialect is recognised and refused", async () => {
    const site = await open();
    for (const target of [
      `/iclock/registry?SN=${SN}`,
      `/iclock/push?SN=${SN}`,
      cdata("table=rtlog"),
    ]) {
      expect(bodyOf(await site.raw(post(target, "x=1")))).not.toMatch(/OK/i);
    }
    expect(site.events).toEqual(
      Array(3).fill({ event: "notUnderstood", sn: SN, reason: "REQUEST_FOREIGN" }),
    );
    expect(site.store.quarantine).toEqual([]);
  });
});

describe("acceptance of uploads", () => {
  test("13: OK only for what is stored; a refusal is tried again, and blocks what stands behind", async () => {
    const site = await open({ pairing: "approve" });
    expect(bodyOf(await site.raw(attlog(LINE)))).toBe("UNKNOWN DEVICE");
    const own = createScene({}, { pairing: "open" });
    await own.play(60_000);
    const record = own.device.recorder.punch(own.now, { pin: "1" });
    own.device.recorder.photo(record, Uint8Array.of(0xff, 0xd8));
    const { commit } = own.store;
    const tried: number[] = [];
    own.store.commit = async (change) => {
      if (change.photos === undefined) return commit(change);
      tried.push(own.now);
      throw new Error("full");
    };
    await own.play(12_000);
    expect(own.store.attendance.size).toBe(0);
    expect(tried.slice(1, 4).map((at, i) => at - tried[i]!)).toEqual([305, 605, 905]);
    expect(tried[4]! - tried[3]!).toBeGreaterThanOrEqual(5_000);
    own.store.commit = commit;
    await own.play(60_000);
    expect(own.store.attendance.size).toBe(1);
  });

  test("14: whatever is kept is answered 200 text/plain, be it as strange as it may", async () => {
    const site = await open();
    for (const body of ["garbage", "\0\xff\0", "<html></html>", "\n\n", "a\tb"]) {
      const answer = await site.raw(attlog(body));
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(bodyOf(answer)).toMatch(/^OK/);
    }
    const answer = await site.raw(post(cdata("table=ATTPHOTO&Stamp=1"), "no header at all"));
    expect(bodyOf(answer)).toBe("OK");
    expect(site.store.quarantine.length).toBeGreaterThanOrEqual(5);
  });

  test("15: batches of 150 lines, 64 kB, four faces, a photo of 59 kB", async () => {
    const site = await open();
    const punches = Array.from({ length: 150 }, (_, i) => LINE.replace("1452", `p${i}`)).join("");
    expect(bodyOf(await site.raw(attlog(punches)))).toBe("OK:150");
    const template = "A".repeat(15_000);
    const faces = [0, 1, 2, 3].map(
      (fid) => `FACE PIN=1\tFID=${fid}\tSIZE=15000\tVALID=1\tTMP=${template}\n`,
    );
    expect(bodyOf(await site.raw(operlog(faces.join(""))))).toBe("OK:4");
    const photo = Buffer.concat([
      Buffer.from("PIN=20150731103012-1.jpg\nSN=1\nsize=60000\nCMD=uploadphoto\0"),
      Buffer.from([0xff, 0xd8]),
      Buffer.alloc(59_998),
    ]);
    expect(bodyOf(await site.raw(post(cdata("table=ATTPHOTO&Stamp=1"), photo)))).toBe("OK");
    expect(site.store.photos[0]?.content).toHaveLength(60_000);
  });
});

describe("records", () => {
  test("16: attendance of 7 to 12 columns, empty ones inside, a tab at the end", async () => {
    const site = await open();
    const base = "2015-07-30 15:16:28\t255\t15\t0\t0\t0";
    const body = [
      `a7\t${base}`,
      `a8\t${base}\t255`,
      `a10\t${base}\t255\t36.5\t41`,
      `a11\t${base}\t1\t36.5\t97.7\t42`,
      `a12\t${base}\t1\t36.5\t97.7\t+28800\teyJsYXQiOjF9`,
      `tab\t${base}\t`,
      "gap\t2015-07-30 15:16:28\t\t1\t\t\t",
    ].join("\n");
    expect(bodyOf(await site.raw(attlog(`${body}\n`)))).toBe("OK:7");
    const byPin = new Map(rows(site).map((row) => [row.pin, row]));
    expect(byPin.get("a10")?.sequence).toBe(41);
    expect(byPin.get("a11")?.sequence).toBe(42);
    expect(byPin.get("a12")?.extra).toContain("eyJsYXQiOjF9");
    expect(byPin.get("gap")).toMatchObject({ status: -1, verify: 1, workCode: "" });
  });

  test("17: PINs are text: letters, case and leading zeros count", async () => {
    const site = await open();
    const pins = ["7", "007", "a7", "A7"];
    await site.raw(attlog(pins.map((pin) => LINE.replace("1452", pin)).join("")));
    expect(rows(site).map(({ pin }) => pin)).toEqual(pins);
  });

  test("18: keys in any case, second equals signs, white space and no padding in base64", async () => {
    const site = await open();
    const body =
      "USER Pin=1\tname=Ann\nFP pin==1\tFingerID=6\tSIZE=6\tValid=1\tTemplate=QU JD\tX=1\nFVEIN PIN=1\tFID=1\tTMP=QUI\n";
    expect(bodyOf(await site.raw(operlog(body)))).toBe("OK:3");
    expect(site.store.records).toMatchObject([
      { record: "USER", pin: "1", name: "Ann" },
      { record: "FP", pin: "1", finger: 6, template: "QUJD" },
      { record: "FVEIN", pin: "1", template: "QUI=" },
    ]);
  });

  test("19: kinds of records mixed in one body, in no order of time", async () => {
    const site = await open();
    const body =
      "OPLOG 4\t1\t2015-07-30 10:22:34\t0\t0\t0\t0\nUSER PIN=1\nBIODATA Pin=1\tType=9\tTmp=QUJD\nOPLOG 0\t0\t2014-01-01 00:00:00\t0\t0\t0\t0\nBIOPHOTO PIN=1\tType=9\tSize=4\tContent=/9j/\n";
    expect(bodyOf(await site.raw(operlog(body)))).toBe("OK:5");
    expect(site.store.records.map(({ record }) => record)).toEqual([
      "OPLOG",
      "USER",
      "BIODATA",
      "OPLOG",
      "BIOPHOTO",
    ]);
  });

  test("20: operations to 126, and texts for operands", async () => {
    const site = await open();
    const body =
      "OPLOG 126\t1\t2015-07-30 10:22:34\t9\t0\t0\t0\nOPLOG 82\t1\t2015-07-30 10:22:34\tadd adms address\t0\t0\t0\n";
    expect(bodyOf(await site.raw(operlog(body)))).toBe("OK:2");
    expect(site.store.records).toMatchObject([
      { operation: 126, operands: ["9", "0", "0", "0"] },
      { operation: 82, operands: ["add adms address", "0", "0", "0"] },
    ]);
  });

  test("21: Size of the text or of the data", async () => {
    const site = await open();
    await site.raw(
      operlog("BIOPHOTO PIN=1\tSize=4\tContent=/9j/\nBIOPHOTO PIN=2\tSize=3\tContent=/9j/\n"),
    );
    expect(site.store.records).toMatchObject([{ size: 4 }, { size: 3 }]);
    const seen: string[] = [];
    UserRecord.decode(Buffer.from("USER PIN=1"), { report: ({ code }) => seen.push(code) });
    expect(seen).toEqual([]);
  });

  test("22: option values with commas and blanks, and nothing at all", async () => {
    const site = await open();
    const body =
      "~OEMVendor=ZKTECO CO., LTD.,~DeviceName= X938 ,IPAddress=,MultiBioVersion=0:10:0:7:0:0:0:0:0:40.1,~MaxAttLogCount=10";
    expect(bodyOf(await site.raw(post(cdata("table=options"), body)))).toBe("OK");
    expect((await site.store.device(SN))?.options).toEqual({
      OEMVendor: "ZKTECO CO., LTD.",
      DeviceName: " X938 ",
      IPAddress: "",
      MultiBioVersion: "0:10:0:7:0:0:0:0:0:40.1",
      MaxAttLogCount: "10",
    });
  });

  test("23: INFO of 9 to 13 values, its flags a text", async () => {
    const site = await open();
    const nine = "Ver%208,1,2,3,10.0.0.7,10,7,15,0";
    await site.raw(head(`/iclock/getrequest?SN=${SN}&INFO=${nine}`));
    expect((await site.store.device(SN))?.info).toMatchObject({ faces: "0" });
    await site.raw(head(`/iclock/getrequest?SN=${SN}&INFO=${nine},01110,a,b,c`));
    expect((await site.store.device(SN))?.info).toMatchObject({
      functions: "01110",
      more: ["a", "b", "c"],
    });
  });

  test("24: times of a lost clock are kept apart and acknowledged", async () => {
    const site = await open();
    const times = ["1971--10--29 -23:-27:-54", "1970-01-01 00:00:05", "2023-02-30 10:00:00", "0"];
    const body = times.map((time) => LINE.replace("2015-07-30 15:16:28", time)).join("");
    expect(bodyOf(await site.raw(attlog(body)))).toBe("OK:4");
    expect(rows(site)).toEqual([]);
    expect(site.store.quarantine.map(({ reason }) => reason)).toEqual([
      "TIME_INVALID",
      "CLOCK_NOT_SET",
      "TIME_INVALID",
      "TIME_INVALID",
    ]);
  });

  test("25: a photo behind a NUL, raw or in base64, in as many portions as TCP likes", async () => {
    const site = await open();
    const jpeg = Buffer.from([0xff, 0xd8, 0, 10, 0, 0xff, 0xd9]);
    const header = (command: string) =>
      Buffer.from(`PIN=20150731103012-1.jpg\nSN=${SN}\nsize=7\nCMD=${command}\0`);
    const upload = (body: Uint8Array) => Buffer.from(post(cdata("table=ATTPHOTO&Stamp=1"), body));
    const raw = upload(Buffer.concat([header("uploadphoto"), jpeg]));
    const portions = Array.from({ length: Math.ceil(raw.length / 60) }, (_, i) =>
      raw.subarray(i * 60, i * 60 + 60),
    );
    expect(bodyOf(await site.raw(...portions))).toBe("OK");
    expect(
      bodyOf(
        await site.raw(
          upload(Buffer.concat([header("realupload"), Buffer.from(jpeg.toString("base64"))])),
        ),
      ),
    ).toBe("OK");
    const inline = Buffer.concat([
      header("uploadphoto").subarray(0, -1),
      Buffer.from(`\npicture=${jpeg.toString("base64")}`),
    ]);
    expect(bodyOf(await site.raw(upload(inline)))).toBe("OK");
    for (const { content } of site.store.photos) expect(Buffer.compare(content, jpeg)).toBe(0);
    expect(site.store.photos).toHaveLength(3);
  });
});

describe("commands and replies", () => {
  test("26: each command ends in a line feed; a terminal drops one that does not", async () => {
    const site = await open();
    await site.raw(handshake);
    queue(site, "a1", { command: "LOG" });
    queue(site, "a2", { command: "INFO" });
    expect(bodyOf(await site.raw(poll))).toBe("C:a1:LOG\nC:a2:INFO\n");
    const ran = (body: string): unknown[] => {
      const { device } = createScene();
      let now = 0;
      device.next(now);
      device.receive(
        {
          status: 200,
          headers: [],
          body: Buffer.from(`GET OPTION FROM: ${SN}\nDelay=10\nServerVer=2.4.1\n`),
        },
        ++now,
      );
      device.next(++now);
      return [...device.receive({ status: 200, headers: [], body: Buffer.from(body) }, ++now)];
    };
    const events = (ids: string[]) =>
      ids.map((id) => ({ event: "executed", id, command: "LOG", code: 0 }));
    expect(ran("C:1:LOG\nC:2:LOG")).toEqual(events(["1"]));
    expect(ran("C:1:LOG\rC:2:   LOG\r\nnoise\n")).toEqual(events(["1", "2"]));
    expect(ran("UNKNOWN")).toMatchObject([{ event: "offline" }]);
  });

  test("27: ids of more than 16 letters and digits are never sent", async () => {
    const site = await open();
    await site.raw(handshake);
    queue(site, "0123456789abcdef", { command: "LOG" });
    expect(bodyOf(await site.raw(poll))).toBe("C:0123456789abcdef:LOG\n");
    for (const id of ["0123456789abcdefg", "a b", "a\nb", ""]) {
      expect(() => CommandLine.encode({ id, command: { command: "LOG" } })).toThrow(ZkPushError);
    }
  });

  test("28: a reply names the verb in its own way, and is found by its id", async () => {
    const site = await open();
    await site.raw(handshake);
    queue(site, "c1", { command: "DATA UPDATE USERINFO", pin: "1" });
    queue(site, "c2", { command: "CLEAR LOG" });
    queue(site, "c3", { command: "CHECK" });
    await site.raw(poll);
    await site.raw(
      replies("ID=c1&Return=0&CMD=DATA\nID=c2&Return=0&CMD=CLEAR LOG\nID=c3&Return=0&CMD=CHECK\n"),
    );
    const states = ["c1", "c2", "c3"].map((id) => site.store.commands.get(id)?.state);
    expect(states).toEqual(["done", "done", "acknowledged"]);
  });

  test("29: after a command a terminal polls each second, then slower to its Delay", async () => {
    const scene = createScene({}, { handshake: { delay: 10 } });
    await scene.play(60_000);
    const polls: number[] = [];
    const handle = scene.server.handle.bind(scene.server);
    (scene as { server: typeof scene.server }).server = {
      handle: (request, now) => {
        if (request.path.endsWith("getrequest")) polls.push(now);
        return handle(request, now);
      },
    };
    give(scene, "x", { command: "LOG" });
    await scene.play(60_000);
    const gaps = polls.slice(1).map((at, i) => Math.round((at - polls[i]!) / 1000));
    expect(gaps.slice(0, 7)).toEqual([1, 3, 5, 7, 9, 10, 10]);
  });

  test("30: replies in a batch, by ampersands or by lines, with a block or a file", async () => {
    const site = await open();
    await site.raw(handshake);
    const commands: [string, CommandLine["command"]][] = [
      ["r1", { command: "DATA DELETE USERINFO", pin: "1" }],
      ["r2", { command: "INFO" }],
      ["r3", { command: "GetFile", argument: "/mnt/x" }],
      ["r4", { command: "PutFile", url: "file/x" }],
      ["r5", { command: "PutFile", url: "file/y" }],
      [
        "r6",
        {
          command: "VERIFY SUM ATTLOG",
          startTime: "2015-07-30 00:00:00",
          endTime: "2015-07-30 23:59:59",
        },
      ],
      ["r7", { command: "SHELL", argument: "ls" }],
    ];
    for (const [id, command] of commands) queue(site, id, command);
    await site.raw(poll);
    const body =
      "ID=r1&Return=0&CMD=DATA\n" +
      "ID=r2&Return=0&CMD=INFO\n~DeviceName=X938\nUserCount=3\n" +
      `ID=r3\nSN=${SN}\nFILENAME=/mnt/x\nCMD=GetFile\nReturn=7\nContent=\0\nID=x\xff\n` +
      "ID=r4\nReturn=5\nCMD=PutFile\n" +
      "ID=r5&Return=5&CMD=PutFile\n" +
      "ID=r6&Return=0&CMD=VERIFY SUM&StartTime=2015-07-30 00:00:00&EndTime=2015-07-30 23:59:59&AttlogCount=42\n" +
      "ID=r7\nReturn=0\nCMD=Shell\nContent=shell.out\nID=r1&Return=-1&CMD=DATA";
    expect(await site.raw(replies(body))).toMatch(/\r\nContent-Type: text\/plain\r\n/);
    expect(commands.map(([id]) => site.store.commands.get(id)?.state)).toEqual(
      Array(7).fill("done"),
    );
    expect(
      Buffer.from(site.store.commands.get("r3")!.settlement!.content!).toString("latin1"),
    ).toBe("\0\nID=x\xff");
    expect(site.store.commands.get("r6")?.settlement?.meaning).toBe("42 records");
    expect(Buffer.from(site.store.commands.get("r7")!.settlement!.content!).toString()).toContain(
      "ID=r1&Return=-1",
    );
    expect((await site.store.device(SN))?.options).toMatchObject({
      DeviceName: "X938",
      UserCount: "3",
    });
  });

  test.each([-21, -22, -30, -629, -725, -9_999])(
    "31: Return %i is a failure with a meaning",
    async (code) => {
      const site = await open();
      await site.raw(handshake);
      queue(site, "x", { command: "DATA UPDATE USERINFO", pin: "1" });
      await site.raw(poll);
      await site.raw(replies(`ID=x&Return=${code}&CMD=DATA\n`));
      expect(site.store.commands.get("x")?.settlement).toMatchObject({
        state: "failed",
        returnCode: code,
      });
      expect(site.store.commands.get("x")?.settlement?.meaning).not.toBe("");
    },
  );

  test("32: a query is answered by uploads, a batch ends with CHECK, and the clock has its own count", async () => {
    const site = await open();
    await site.raw(handshake);
    queue(site, "q", {
      command: "DATA QUERY ATTLOG",
      startTime: "2015-07-30 00:00:00",
      endTime: "2015-07-30 23:59:59",
    });
    queue(site, "k", { command: "CHECK" }, true);
    queue(site, "l", { command: "LOG" });
    expect(bodyOf(await site.raw(poll))).toBe(
      "C:q:DATA QUERY ATTLOG StartTime=2015-07-30 00:00:00\tEndTime=2015-07-30 23:59:59\nC:k:CHECK\n",
    );
    expect(bodyOf(await site.raw(poll))).toBe("C:l:LOG\n");
    expect(bodyOf(await site.raw(attlog(LINE)))).toBe("OK:1");
    expect(encodeDateTimeOption(Date.UTC(2023, 4, 4, 8, 1, 59))).toBe(
      ((2023 - 2000) * 12 * 31 + 4 * 31 + 3) * 86_400 + 8 * 3_600 + 119,
    );
    const value = encodeDateTimeOption(Date.UTC(2023, 4, 4, 8, 1, 59)).toString();
    expect(
      Buffer.from(SetOption.encode({ command: "SET OPTION", key: "DateTime", value })).toString(),
    ).toBe(`SET OPTION DateTime=${value}`);
    expect(() => Shell.encode({ command: "SHELL", argument: "x".repeat(80) })).toThrow(ZkPushError);
    const scene = createScene();
    await scene.play(60_000);
    give(scene, "t", { command: "SET OPTION", key: "~SerialNumber", value: "1" });
    await scene.play(60_000);
    expect(scene.store.commands.get("t")?.settlement?.returnCode).toBe(-1);
  });

  test("33: a comparison photo goes by address where it does not go inline, and users go whole", async () => {
    const token = "photo_0123456789abcdef";
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    const site = await open({
      file: async (asked) => (asked === token ? { content: jpeg, base64: false } : undefined),
    });
    await site.raw(handshake);
    queue(site, "p", {
      command: "DATA UPDATE BIOPHOTO",
      pin: "1",
      type: 9,
      format: 1,
      url: `file/${token}/1.jpg`,
    });
    expect(bodyOf(await site.raw(poll))).toBe(
      `C:p:DATA UPDATE BIOPHOTO PIN=1\tType=9\tFormat=1\tUrl=file/${token}/1.jpg\n`,
    );
    const answer = await site.raw(head(`/iclock/file/${token}/1.jpg`));
    expect(bodyOf(answer)).toBe("\xff\xd8\xff\xd9");
    const user = {
      record: "USER",
      pin: "1",
      name: "Ann",
      privilege: 0,
      password: "",
      card: "7",
      group: 1,
    } as const;
    expect(issueRecord(user)).toEqual({
      command: "DATA UPDATE USERINFO",
      pin: "1",
      name: "Ann",
      privilege: 0,
      password: "",
      card: "7",
      group: 1,
    });
  });

  test("34: fields that one firmware alone knows are kept, and given to no other", async () => {
    const site = await open();
    await site.raw(operlog("USER PIN=1\tName=Ann\tEnable=1\tEndDatetime=0\n"));
    const [record] = site.store.records;
    expect(record).toMatchObject({
      extra: [
        { key: "Enable", value: "1" },
        { key: "EndDatetime", value: "0" },
      ],
    });
    expect(issueRecord(record!)).toEqual({
      command: "DATA UPDATE USERINFO",
      pin: "1",
      name: "Ann",
    });
  });

  test("35: PutFile takes a whole address or a path; the file is served in ranges", async () => {
    const token = "file_0123456789abcdef";
    const content = Buffer.from(Array.from({ length: 300 }, (_, i) => i));
    const site = await open({
      file: async (asked) => (asked === token ? { content, base64: false } : undefined),
    });
    for (const url of [
      `http://192.168.0.13:89/iclock/file/${token}/a.tgz`,
      `file/${token}/a.tgz`,
    ]) {
      expect(
        Buffer.from(PutFile.encode({ command: "PutFile", url, filePath: "/mnt/" })).toString(),
      ).toBe(`PutFile ${url}\t/mnt/`);
    }
    const first = await site.raw(head(`/iclock/file/${token}/a.tgz`, ["RANGE: bytes=0-127"]));
    expect(first).toMatch(/^HTTP\/1\.1 206 /);
    expect(first).toMatch(/\r\nContent-Range: bytes 0-127\/300\r\n/);
    const rest = await site.raw(head(`/iclock/file/${token}/a.tgz`, ["RANGE: bytes=128-"]));
    expect(Buffer.compare(Buffer.from(bodyOf(first) + bodyOf(rest), "latin1"), content)).toBe(0);
  });

  test("36: remote attendance and background verification in their old forms and the new", async () => {
    const site = await open({ remoteAttendance: true, verify: async ({ pin }) => pin === "1" });
    await site.raw(operlog("USER PIN=1\tName=Ann\n"));
    const person = "DATA UPDATE USERINFO PIN=1\tName=Ann\n";
    expect(bodyOf(await site.raw(head(cdata("PIN=1"))))).toBe(person);
    expect(bodyOf(await site.raw(head(cdata("table=RemoteAtt&PIN=1"))))).toBe(person);
    expect(bodyOf(await site.raw(head(cdata("table=RemoteAtt&PIN=2"))))).toBe("NONE");
    expect(bodyOf(await site.raw(head(cdata("AuthType=FP&PIN=1"))))).toBe("OK");
    expect(bodyOf(await site.raw(head(cdata("AuthType=CARD&PIN=2"))))).not.toMatch(/OK/i);
    expect(bodyOf(await site.raw(post(cdata("type=PostVerifyData"), "1")))).toBe("OK");
    expect(bodyOf(await site.raw(post(cdata("type=PostRecordData"), "2")))).not.toMatch(/OK/i);
  });
});
