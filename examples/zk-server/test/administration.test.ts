import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, serve, TOKEN } from "./serve.js";

let zk: Served;
beforeAll(async () => {
  zk = await serve({ timeZone: "+08:00" });
});
afterAll(() => zk.close());

const come = (sn: string): Promise<string> =>
  zk.terminal(`cdata?SN=${sn}&options=all&pushver=2.4.1&language=69`);

/** Commands that a terminal is given, without their ids; it says that it did them. */
const given = async (sn: string): Promise<readonly string[]> => {
  const all: string[] = [];
  for (;;) {
    const lines = (await zk.terminal(`getrequest?SN=${sn}`)).match(/^C:.*$/gm) ?? [];
    if (lines.length === 0) return all;
    const replies = lines.map((line) => `ID=${line.split(":")[1]}&Return=0&CMD=DATA\n`).join("");
    await zk.terminal(`devicecmd?SN=${sn}`, replies);
    all.push(...lines.map((line) => line.replace(/^C:\w+:/, "").replaceAll("\t", " ")));
  }
};

describe("areas", () => {
  const [north, south, both] = ["NORTH001", "SOUTH001", "BOTH0001"];
  const of = (commands: readonly string[]) =>
    commands.map((line) => /^DATA (\w+ \w+) PIN=(\w+)/i.exec(line)?.slice(1).join(" "));
  const all = async () => {
    const lists = await Promise.all([north, south, both].map(given));
    return lists.map(of);
  };
  beforeAll(async () => {
    for (const sn of [north, south, both]) await come(sn);
    await zk.api("PATCH", `devices/${north}`, { areas: ["north"] });
    await zk.api("PATCH", `devices/${south}`, { areas: ["south"] });
    await zk.api("PATCH", `devices/${both}`, { areas: ["north", "south", "north"] });
  });

  test("a terminal has them once each", async () => {
    expect((await zk.api("GET", `devices/${both}`)).body["areas"]).toEqual(["north", "south"]);
  });

  test("a person without any goes everywhere, one with some there and nowhere else", async () => {
    expect((await zk.api("PUT", "users/1", { name: "All" })).body["commands"]).toBe(3);
    await zk.api("PUT", "users/2", { name: "Ann", areas: ["north"] });
    const [one, two] = ["UPDATE USERINFO 1", "UPDATE USERINFO 2"];
    expect(await all()).toEqual([[one, two], [one], [one, two]]);
  });

  test("who moves is taken from the one and given to the other, templates and all", async () => {
    const finger = "FP PIN=2\tFID=1\tSize=8\tValid=1\tTMP=AAECAwQF\n";
    await zk.terminal(`cdata?SN=${north}&table=OPERLOG&Stamp=9999`, finger);
    await zk.api("PUT", "users/2", { areas: ["south"] });
    expect(await all()).toEqual([
      ["DELETE USERINFO 2"],
      ["UPDATE USERINFO 2", "UPDATE FINGERTMP 2"],
      ["UPDATE USERINFO 2"],
    ]);
  });

  test("a change of something else leaves them as they are", async () => {
    await zk.api("PUT", "users/2", { name: "Ann B" });
    expect(await all()).toEqual([[], ["UPDATE USERINFO 2"], ["UPDATE USERINFO 2"]]);
    const { items } = (await zk.api("GET", "users")).body;
    expect(items.find(({ pin }) => pin === "2")).toMatchObject({ areas: ["south"], name: "Ann B" });
  });

  test("a terminal that changes its own exchanges its people", async () => {
    await zk.api("PATCH", `devices/${south}`, { areas: ["west"] });
    expect(await all()).toEqual([[], ["DELETE USERINFO 2"], []]);
    await zk.api("PATCH", `devices/${south}`, { areas: ["south"] });
    expect((await all())[1]).toEqual(["UPDATE USERINFO 2", "UPDATE FINGERTMP 2"]);
  });

  test("a terminal is given everybody who belongs on it, when it is asked for", async () => {
    expect((await zk.api("POST", `devices/${south}/people`)).body["commands"]).toBe(3);
    expect(of(await given(south))).toEqual([
      "UPDATE USERINFO 1",
      "UPDATE USERINFO 2",
      "UPDATE FINGERTMP 2",
    ]);
  });

  test.each([[["a,b"]], [["*"]], [[""]], ["north"]])("%j are none", async (areas) => {
    expect((await zk.api("PUT", "users/3", { areas })).status).toBe(422);
  });
});

describe("files", () => {
  const content = Uint8Array.from({ length: 1_000 }, (_, i) => i % 251);
  const put = async (name: string, query = ""): Promise<{ status: number; body: never }> => {
    const response = await fetch(`${zk.url}/api/files/${name}${query}`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${TOKEN}` },
      body: content,
    });
    return { status: response.status, body: (await response.json()) as never };
  };

  test("are served to who has the token, with ranges, and to nobody else", async () => {
    const { status, body } = await put("emfw.bin");
    const { path, md5, size } = body as { path: string; md5: string; size: number };
    expect([status, size]).toEqual([201, 1_000]);
    expect(md5).toBe(createHash("md5").update(content).digest("hex"));
    const get = (from: string, headers = {}) => fetch(`${zk.url}/iclock/${from}`, { headers });
    expect(new Uint8Array(await (await get(path)).arrayBuffer())).toEqual(content);
    const part = await get(path, { Range: "bytes=500-509" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 500-509/1000"]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(content.subarray(500, 510));
    expect((await get(path, { Range: "bytes=1000-" })).status).toBe(416);
    expect((await get(path.replace(/\/[^/]{8}/, "/AAAAAAAA"))).status).toBe(404);
    // UPGRADE asks with an address: only the token in it counts.
    const named = `file?SN=NORTH001&url=${encodeURIComponent(`http://elsewhere/${path}`)}`;
    expect(new Uint8Array(await (await get(named)).arrayBuffer())).toEqual(content);
    const other = "file?SN=NORTH001&url=http%3A%2F%2F127.0.0.1%2Fhealthz";
    expect((await get(other)).status).toBe(404);
  });

  test("are for one terminal, in base64, for a time, where that is asked for", async () => {
    const { body } = await put("emfw.bin", "?sn=NORTH001&base64=1&expiresInS=1");
    const { path } = body as { path: string };
    const get = async (sn: string) => (await fetch(`${zk.url}/iclock/${path}?SN=${sn}`)).text();
    expect(await get("NORTH001")).toBe(Buffer.from(content).toString("base64"));
    expect(await get("SOUTH001")).toBe("NO SUCH FILE");
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await get("NORTH001")).toBe("NO SUCH FILE");
  });

  test("have plain names", async () => {
    for (const name of ["..", "a%2Fb", "a%00b", "%2e%2e%2fx"]) {
      expect([404, 422]).toContain((await put(name)).status);
    }
    expect((await put("x", "?expiresInS=0")).status).toBe(422);
    expect((await put("x", "?base64=yes")).status).toBe(422);
  });
});

test("a day is counted on both sides, and what is missing is asked for", async () => {
  await come("COUNT001");
  const line = "7\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n";
  await zk.terminal("cdata?SN=COUNT001&table=ATTLOG&Stamp=9999", line + line);
  expect((await zk.api("POST", "devices/COUNT001/verify", { day: "2015-07-30" })).status).toBe(202);
  const [command] = (await zk.terminal("getrequest?SN=COUNT001")).match(/^C:.*$/m) ?? [];
  expect(command).toMatch(/:VERIFY SUM ATTLOG StartTime=2015-07-30 00:00:00\t/);
  const id = command?.split(":")[1];
  await zk.terminal(
    "devicecmd?SN=COUNT001",
    `ID=${id}&Return=0&CMD=VERIFY SUM&StartTime=2015-07-30 00:00:00&EndTime=2015-07-30 23:59:59&AttlogCount=3\n`,
  );
  const counted = async () => (await zk.api("GET", "devices/COUNT001")).body["reconciled"];
  await expect.poll(counted).toMatchObject({ day: "2015-07-30", onTerminal: 3, stored: 1 });
  await expect
    .poll(() => zk.terminal("getrequest?SN=COUNT001"))
    .toContain("DATA QUERY ATTLOG StartTime=2015-07-30 00:00:00");
  const { body } = await zk.api("GET", "devices/COUNT001");
  expect(body).toMatchObject({ duplicates: 1, gaps: 0, quarantined: 0, stored: 1 });
  expect((await zk.api("POST", "devices/COUNT001/verify", { day: "today" })).status).toBe(422);
});

test("lists show the newest first where that is asked for", async () => {
  await come("NEWEST01");
  for (const pin of [1, 2, 3]) {
    const line = `${pin}\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n`;
    await zk.terminal("cdata?SN=NEWEST01&table=ATTLOG&Stamp=9999", line);
  }
  const { items, next } = (await zk.api("GET", "attendance?sn=NEWEST01&order=newest&limit=2")).body;
  expect(items.map(({ pin }) => pin)).toEqual(["3", "2"]);
  const rest = await zk.api("GET", `attendance?sn=NEWEST01&order=newest&cursor=${next}`);
  expect(rest.body.items.map(({ pin }) => pin)).toEqual(["1"]);
  expect((await zk.api("GET", "attendance?order=oldest")).status).toBe(422);
  expect((await zk.api("GET", "devices?order=newest")).status).toBe(422);
});

test("what is old goes, and so does a person with all that was his", async () => {
  await come("ERASE001");
  const line = "901\t2015-07-30 15:16:28\t0\t1\t0\t0\t0\n";
  await zk.terminal("cdata?SN=ERASE001&table=ATTLOG&Stamp=9999", line);
  await zk.terminal("cdata?SN=ERASE001&table=OPERLOG&Stamp=9999", "USER PIN=901\tName=Bo\n");
  const count = async () => (await zk.api("GET", "attendance?pin=901")).body.items.length;
  expect((await zk.api("DELETE", "users/901")).status).toBe(200);
  expect(await count()).toBe(1);
  expect((await zk.api("DELETE", "users/901?attendance=1")).status).toBe(200);
  expect(await count()).toBe(0);
  expect((await zk.api("DELETE", "users/901?attendance=1")).status).toBe(404);
  expect((await zk.api("POST", "retention", { attendance: 1 })).body).toEqual({ deleted: 0 });
  const { body } = await zk.api("POST", "retention", { attendance: 0 });
  expect(body["deleted"]).toBeGreaterThan(0);
  expect((await zk.api("POST", "retention", { people: 1 })).status).toBe(422);
});
