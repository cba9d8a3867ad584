import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, SN, TOKEN } from "../serve.js";
import { serveTerminal } from "./terminal.js";

let zk: Served;
beforeAll(async () => {
  zk = await serveTerminal();
});
afterAll(() => zk.close());

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
