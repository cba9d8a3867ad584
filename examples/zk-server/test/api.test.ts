import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, SN, serve, TOKEN } from "./serve.js";

let zk: Served;
beforeAll(async () => {
  zk = await serve();
  await zk.terminal(`cdata?SN=${SN}&options=all&pushver=2.4.1&language=69`);
  const lines = [
    "1452\t2015-07-30 15:16:28\t0\t1\t0\t0\t0",
    "=1+1\t2015-07-30 15:17:00\t1\t15\t7\t0\t0",
    "1452\t2015-07-31 08:00:00\t0\t1\t0\t0\t0",
  ];
  await zk.terminal(`cdata?SN=${SN}&table=ATTLOG&Stamp=9999`, `${lines.join("\n")}\n`);
  const user = "USER PIN=1452\tName=Ann\tPri=0\tPasswd=4711\n";
  const finger = "FP PIN=1452\tFID=1\tSize=8\tValid=1\tTMP=AAECAwQF\n";
  await zk.terminal(`cdata?SN=${SN}&table=OPERLOG&Stamp=9999`, user + finger);
});
afterAll(() => zk.close());

const commandsOf = async (sn: string): Promise<string[]> =>
  (await zk.terminal(`getrequest?SN=${sn}`)).split("\n").filter((line) => line.startsWith("C:"));

describe("the token", () => {
  test("is needed for every path below /api", async () => {
    for (const [path, header] of [
      ["/api/devices", ""],
      ["/api/devices", "Bearer wrong"],
      ["/api/devices", TOKEN],
      ["/api/nothing", ""],
      ["/api", ""],
      ["/api/stream", ""],
      ["/api/photos/1", "Basic x"],
    ] as const) {
      const own = await serve();
      const response = await fetch(own.url + path, { headers: { Authorization: header } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await own.close();
    }
  });

  test("cannot be tried for long from one address", async () => {
    const own = await serve();
    const ask = (token: string) =>
      fetch(`${own.url}/api/devices`, { headers: { Authorization: `Bearer ${token}` } });
    for (let i = 0; i < 10; i++) expect((await ask(`guess${i}`)).status).toBe(401);
    expect((await ask("guess")).status).toBe(429);
    expect((await ask(TOKEN)).status).toBe(429);
    await own.close();
  });
});

describe("lists", () => {
  test("attendance is as the contract says", async () => {
    const { body } = await zk.api("GET", "attendance?limit=1");
    expect(body).toEqual({
      items: [
        {
          id: "1",
          sn: SN,
          pin: "1452",
          idNumber: "",
          kind: "punch",
          time: "2015-07-30 15:16:28",
          timeZone: "Asia/Kolkata",
          utc: "2015-07-30T09:46:28.000Z",
          zoneNote: "",
          receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          status: 0,
          verify: 1,
          workCode: "0",
          sequence: null,
          extra: [],
        },
      ],
      next: "1",
    });
  });

  test("go on from a cursor to the end", async () => {
    const pins: unknown[] = [];
    let next: string | null = "0";
    while (next !== null) {
      const { body } = await zk.api("GET", `attendance?limit=2&cursor=${next}`);
      pins.push(...body.items.map(({ pin }) => pin));
      next = body.next;
    }
    expect(pins).toEqual(["1452", "=1+1", "1452"]);
  });

  test.each([
    ["sn=OTHER", 0],
    [`sn=${SN}`, 3],
    ["pin=1452", 2],
    ["from=2015-07-31", 1],
    ["to=2015-07-30", 2],
    ["from=2015-07-30T15:17:00&to=2015-07-30T23:59:59", 1],
  ])("attendance of %s", async (query, count) => {
    expect((await zk.api("GET", `attendance?${query}`)).body.items).toHaveLength(count);
  });

  test.each([
    "attendance?limit=0",
    "attendance?limit=1001",
    "attendance?cursor=x",
    "attendance?from=yesterday",
  ])("refuses %s", async (path) => {
    expect((await zk.api("GET", path)).status).toBe(422);
  });

  test("the table for spreadsheets has no formula in it", async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const response = await fetch(`${zk.url}/api/attendance.csv`, { headers });
    const lines = (await response.text()).split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^id,sn,pin,/);
    expect(lines[2]).toContain(",'=1+1,");
    expect(response.headers.get("content-disposition")).toContain("attendance.csv");
  });

  test("people are shown without their passwords", async () => {
    const { body } = await zk.api("GET", "users");
    const ann = body.items.find(({ pin }) => pin === "1452");
    expect(ann).toMatchObject({ name: "Ann", hasPassword: true, templates: 1 });
    expect(JSON.stringify(body)).not.toContain("4711");
  });

  test("quarantine shows what came", async () => {
    await zk.terminal(`cdata?SN=${SN}&table=ATTLOG&Stamp=9999`, "nonsense\n");
    const { body } = await zk.api("GET", "quarantine");
    expect(body.items[0]).toMatchObject({ sn: SN, table: "ATTLOG", text: "nonsense" });
  });

  test("photos are pictures and nothing else", async () => {
    const head = `PIN=20150731080000-1452.jpg\nSN=${SN}\nsize=4\nCMD=uploadphoto\0`;
    const body = Buffer.concat([Buffer.from(head), Buffer.of(0xff, 0xd8, 0xff, 0xd9)]);
    const target = `${zk.url}/iclock/cdata?SN=${SN}&table=ATTPHOTO&Stamp=9999`;
    expect(await (await fetch(target, { method: "POST", body })).text()).toBe("OK");
    const { items } = (await zk.api("GET", "photos?pin=1452")).body;
    expect(items).toHaveLength(1);
    const response = await fetch(`${zk.url}/api/photos/${items[0]!["id"]}`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    expect((await zk.api("GET", "photos/99")).status).toBe(404);
  });
});

describe("terminals", () => {
  test("are shown and changed", async () => {
    expect((await zk.api("GET", `devices/${SN}`)).body).toMatchObject({
      sn: SN,
      state: "approved",
    });
    const changed = await zk.api("PATCH", `devices/${SN}`, { timeZone: "+05:45" });
    expect(changed.body).toMatchObject({ timeZone: "+05:45" });
    expect(
      (await zk.api("PATCH", `devices/${SN}`, { timeZone: null })).body["timeZone"],
    ).toBeNull();
    expect((await zk.api("PATCH", `devices/${SN}`, { timeZone: "Mars" })).status).toBe(422);
    expect((await zk.api("PATCH", `devices/${SN}`, { state: "gone" })).status).toBe(422);
    expect((await zk.api("PATCH", `devices/${SN}`, { standing: "x" })).status).toBe(422);
    expect((await zk.api("GET", "devices/NOBODY")).status).toBe(404);
    expect((await zk.api("DELETE", `devices/${SN}`)).status).toBe(405);
  });

  test("wait for approval and keep their punches until then", async () => {
    const own = await serve({ pairing: "approve" });
    const handshake = () => own.terminal("cdata?SN=NEWCOMER&options=all");
    expect(await handshake()).toBe("UNKNOWN DEVICE");
    const line = "7\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n";
    const upload = () => own.terminal("cdata?SN=NEWCOMER&table=ATTLOG&Stamp=1", line);
    expect(await upload()).not.toContain("OK");
    expect((await own.api("GET", "devices/NEWCOMER")).body["state"]).toBe("pending");
    expect((await own.api("POST", "devices/NEWCOMER/approve")).body["state"]).toBe("approved");
    expect(await handshake()).toContain("GET OPTION FROM: NEWCOMER");
    expect(await upload()).toBe("OK:1");
    expect((await own.api("GET", "audit")).body.items[0]).toMatchObject({
      action: "device approved",
    });
    await own.close();
  });

  test("upload everything again on request", async () => {
    await zk.terminal("cdata?SN=RESYNC01&options=all&pushver=2.4.1");
    await zk.terminal(
      "cdata?SN=RESYNC01&table=ATTLOG&Stamp=82983982",
      "7\t2015-07-30 15:16:28\t0\t1\n",
    );
    expect((await zk.api("POST", "devices/RESYNC01/resync", { tables: ["X"] })).status).toBe(422);
    expect((await zk.api("POST", "devices/RESYNC01/resync", {})).status).toBe(202);
    expect((await commandsOf("RESYNC01"))[0]).toMatch(/^C:\w+:CHECK$/);
    const again = await zk.terminal("cdata?SN=RESYNC01&options=all&pushver=2.4.1");
    expect(again).toContain("ATTLOGStamp=0\n");
  });
});

describe("commands", () => {
  const give = (command: unknown, more: object = {}) =>
    zk.api("POST", "devices/COMMANDS1/commands", { command, ...more });
  beforeAll(async () => {
    await zk.terminal("cdata?SN=COMMANDS1&options=all&pushver=2.4.1");
  });

  test("are queued, given once, and settled by the reply", async () => {
    const { status, body } = await give("DATA UPDATE USERINFO PIN=9\tName=Zo\u00eb");
    expect({ status, state: body["state"] }).toEqual({ status: 202, state: "queued" });
    const id = String(body["id"]);
    expect(await commandsOf("COMMANDS1")).toEqual([
      `C:${id}:DATA UPDATE USERINFO PIN=9\tName=Zo\u00eb`,
    ]);
    expect(await commandsOf("COMMANDS1")).toEqual([]);
    await zk.terminal("devicecmd?SN=COMMANDS1", `ID=${id}&Return=0&CMD=DATA\n`);
    const { items } = (await zk.api("GET", "devices/COMMANDS1/commands")).body;
    expect(items).toMatchObject([
      { id, command: "DATA UPDATE USERINFO", state: "done", returnCode: 0 },
    ]);
  });

  test("are taken as objects too", async () => {
    expect((await give({ command: "AC_UNLOCK" }, { expiresInS: 5 })).status).toBe(202);
    expect((await commandsOf("COMMANDS1"))[0]).toMatch(/^C:\w{1,16}:AC_UNLOCK$/);
  });

  test.each([
    "SHELL reboot",
    "CLEAR DATA",
    "GetFile /etc/passwd",
    { command: "CLEAR LOG" },
    { command: "SHELL", argument: "id" },
  ])("%j is dangerous", async (command) => {
    const { status, body } = await give(command);
    expect({ status, code: body.error.code }).toEqual({ status: 403, code: "DANGEROUS" });
  });

  test.each([
    "",
    "NONSENSE",
    "DATA UPDATE USERINFO Name=x",
    "AC_UNLOCK\nC:2:REBOOT",
    "AC_UNLOCK\0",
    { command: "DATA UPDATE USERINFO", pin: "1\nC:2:REBOOT" },
    { command: "DATA UPDATE USERINFO" },
    { command: "DATA UPDATE USERINFO", pin: 5 },
    { command: "__proto__" },
    { command: "unknown", wire: "FORMAT" },
    {},
    7,
    null,
  ])("%j is malformed", async (command) => {
    expect((await give(command)).status).toBe(422);
  });

  test("expiry is a number of seconds", async () => {
    expect((await give("INFO", { expiresInS: 0 })).status).toBe(422);
    expect((await give("INFO", { expiresInS: "1" })).status).toBe(422);
    expect((await give("INFO", { expires: 1 })).status).toBe(422);
  });

  test("dangerous ones pass where they are allowed, and leave a trace", async () => {
    const own = await serve({ allowDangerous: true });
    await own.terminal("cdata?SN=COMMANDS1&options=all");
    const { status } = await own.api("POST", "devices/COMMANDS1/commands", {
      command: "CLEAR LOG",
    });
    expect(status).toBe(202);
    expect((await own.api("GET", "audit")).body.items).toMatchObject([
      { action: "CLEAR LOG", subject: "COMMANDS1" },
    ]);
    await own.close();
  });
});

describe("people", () => {
  test("go to every approved terminal and leave again", async () => {
    const own = await serve();
    for (const sn of ["PEOPLE01", "PEOPLE02"]) await own.terminal(`cdata?SN=${sn}&options=all`);
    const put = await own.api("PUT", "users/A7", { name: "Bo", card: "123", password: "1" });
    expect(put).toEqual({ status: 200, body: { pin: "A7", commands: 2 } });
    for (const sn of ["PEOPLE01", "PEOPLE02"]) {
      const answer = await own.terminal(`getrequest?SN=${sn}`);
      expect(answer).toMatch(/^C:\w+:DATA UPDATE USERINFO PIN=A7\tName=Bo\tPasswd=1\tCard=/);
    }
    await own.api("PUT", "users/A7", { name: "Bob" });
    expect((await own.api("GET", "users")).body.items).toMatchObject([
      { pin: "A7", name: "Bob", card: "123", hasPassword: true },
    ]);
    expect((await own.api("DELETE", "users/A7")).body).toEqual({ pin: "A7", commands: 2 });
    expect(await own.terminal("getrequest?SN=PEOPLE02")).toContain("DATA DELETE USERINFO PIN=A7");
    expect((await own.api("DELETE", "users/A7")).status).toBe(404);
    await own.close();
  });

  test("are copied with their templates", async () => {
    await zk.terminal("cdata?SN=COPYTO01&options=all");
    const { status } = await zk.api("POST", "users/1452/copy", { to: ["COPYTO01"] });
    expect(status).toBe(202);
    const commands = (await commandsOf("COPYTO01")).map((line) => line.replace(/^C:\w+:/, ""));
    expect(commands.find((line) => line.includes("FINGERTMP"))).toContain("TMP=AAECAwQF");
    expect(commands.find((line) => line.includes("USERINFO"))).toContain("PIN=1452");
    expect((await zk.api("POST", "users/1452/copy", { to: ["NOWHERE1"] })).status).toBe(404);
    expect((await zk.api("POST", "users/none/copy", { to: ["COPYTO01"] })).status).toBe(404);
    expect((await zk.api("POST", "users/1452/copy", {})).status).toBe(422);
  });

  test.each([
    ["users/7", { name: "a\tb" }],
    ["users/7", { name: 5 }],
    ["users/7", { privilege: 99 }],
    ["users/7", { pin: "8" }],
    ["users/7%0A8", { name: "x" }],
    ["users/7", []],
  ])("%s %j is malformed", async (path, body) => {
    expect((await zk.api("PUT", path, body)).status).toBe(422);
  });
});

test("the stream tells each punch once, and goes on where it was left", async () => {
  const own = await serve();
  await own.terminal("cdata?SN=STREAM01&options=all");
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const open = async (more: Record<string, string> = {}) => {
    const end = new AbortController();
    const response = await fetch(`${own.url}/api/stream`, {
      headers: { ...headers, ...more },
      signal: end.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    return {
      async until(pattern: RegExp): Promise<string> {
        while (!pattern.test(text)) text += (await reader.read()).value ?? "";
        return text;
      },
      end: () => end.abort(),
    };
  };
  const punch = (pin: string) =>
    own.terminal("cdata?SN=STREAM01&table=ATTLOG&Stamp=1", `${pin}\t2015-07-30 15:16:28\t0\t1\n`);
  const first = await open();
  await punch("1");
  await punch("1");
  await punch("2");
  const text = await first.until(/"pin":"2"/);
  expect(text.match(/event: punch/g)).toHaveLength(2);
  expect(text).toMatch(/^id: 1\nevent: punch\ndata: \{"id":"1","sn":"STREAM01"/m);
  first.end();
  await punch("3");
  const second = await open({ "Last-Event-ID": "1" });
  const rest = await second.until(/"pin":"3"/);
  expect([...rest.matchAll(/"pin":"(\d)"/g)].map(([, pin]) => pin)).toEqual(["2", "3"]);
  second.end();
  await own.close();
});

test("health and metrics need no token and name nobody", async () => {
  expect(await (await fetch(`${zk.url}/healthz`)).json()).toEqual({ status: "ok" });
  const text = await (await fetch(`${zk.url}/metrics`)).text();
  expect(text).toMatch(/^zk_attendance_total\{result="inserted"\} \d+$/m);
  expect(text).not.toContain(SN);
  expect((await fetch(`${zk.url}/elsewhere`)).status).toBe(404);
  expect(zk.warnings).toEqual([]);
});

test("a body that never ends is cut", async () => {
  const { status } = await fetch(`${zk.url}/api/users/7`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}` },
    body: "x".repeat(2 * 1024 * 1024),
  });
  expect(status).toBe(413);
});
