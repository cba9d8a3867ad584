import { describe, expect, test } from "vitest";
import { createServerEngine, isAccessControl, type PushRequest } from "../src/index.js";
import { createMemoryStore, type MemoryStore } from "../src/testing.js";
import { SN, START } from "./play.js";

const text = new TextDecoder();

const open = (): { store: MemoryStore; send: (line: string, body?: string) => Promise<string> } => {
  const store = createMemoryStore();
  const engine = createServerEngine({ store, pairing: "open", newCommandId: () => "c1" });
  return {
    store,
    async send(line, body = "") {
      const [method = "", target = ""] = line.split(" ");
      const [path = "", query = ""] = target.split("?");
      const bytes = new TextEncoder().encode(body);
      const request: PushRequest = { method, path, query, headers: [], body: bytes };
      return text.decode((await engine.handle(request, START)).response.body);
    },
  };
};

const PUNCH = "3\t2026-09-15 15:35:43\t255\t1\t0\t0\t0\n";

describe("the access-control dialect", () => {
  test.each([
    [`POST /iclock/registry?SN=${SN}`, "DeviceType=acc,~DeviceName=BioFace A1,MachineType=101"],
    [`GET /iclock/push?SN=${SN}`, ""],
    [`GET /iclock/rtdata?SN=${SN}&type=time`, ""],
    [`POST /iclock/cdata?SN=${SN}&table=rtlog`, "time=2017-01-10 11:49:32\tpin=7\tevent=0"],
    [`POST /iclock/cdata?SN=${SN}&table=rtstate`, "time=2017-01-10 11:49:32\tsensor=01"],
    [`POST /iclock/cdata?SN=${SN}&table=tabledata&tablename=user&count=1`, "user uid=1\tpin=7"],
    [`POST /iclock/querydata?SN=${SN}&type=tabledata&cmdid=1&tablename=user`, "user uid=1\tpin=7"],
    [`POST /iclock/querydata?SN=${SN}&type=options&cmdid=1&count=1`, "~SerialNumber=1"],
  ])(
    "%s is refused, so that the terminal keeps what it has, and is noticed",
    async (line, body) => {
      const { store, send } = open();
      expect(await send(line, body)).toBe("NOT UNDERSTOOD");
      expect([store.attendance.size, store.records.length, store.quarantine.length]).toEqual([
        0, 0, 0,
      ]);
      expect(isAccessControl((await store.device(SN))!)).toBe(true);
    },
  );

  test("is over when the terminal says so, or brings attendance", async () => {
    const { store, send } = open();
    await send(`GET /iclock/cdata?SN=${SN}&options=all&pushver=3.1.2&DeviceType=acc`);
    expect(isAccessControl((await store.device(SN))!)).toBe(true);
    await send(`GET /iclock/cdata?SN=${SN}&options=all&pushver=2.4.1&DeviceType=att`);
    expect(isAccessControl((await store.device(SN))!)).toBe(false);
    await send(`GET /iclock/push?SN=${SN}`);
    expect(isAccessControl((await store.device(SN))!)).toBe(true);
    expect(await send(`POST /iclock/cdata?SN=${SN}&table=ATTLOG&Stamp=1`, PUNCH)).toBe("OK:1");
    expect(isAccessControl((await store.device(SN))!)).toBe(false);
  });
});

describe("other names for the same", () => {
  test.each(["edata", "edata.aspx", "fdata", "querydata"])("attendance to %s", async (word) => {
    const { store, send } = open();
    expect(await send(`POST /iclock/${word}?SN=${SN}&table=ATTLOG&Stamp=1`, PUNCH)).toBe("OK:1");
    expect(store.attendance.size).toBe(1);
  });

  test("replies to cdata without a table settle their commands", async () => {
    const { store, send } = open();
    await send(`GET /iclock/cdata?SN=${SN}&options=all`);
    const terms = { guarantee: "atLeastOnce", endsBatch: false, expiresAt: START + 1_000 } as const;
    store.enqueue(SN, [{ id: "c1", command: { command: "INFO" }, ...terms }]);
    expect(await send(`GET /iclock/getrequest?SN=${SN}`)).toBe("C:c1:INFO\n");
    expect(await send(`POST /iclock/cdata?SN=${SN}`, "ID=c1&Return=0&CMD=INFO\n")).toBe("OK");
    expect(store.commands.get("c1")?.state).toBe("done");
  });

  test.each([
    ["cdata", "nobody knows this"],
    ["uploads", "x"],
  ])("a body for /iclock/%s that nobody knows blocks nothing, and is kept", async (word, body) => {
    const { store, send } = open();
    expect(await send(`POST /iclock/${word}?SN=${SN}`, body)).toBe("OK");
    expect(store.quarantine.map(({ content }) => text.decode(content))).toEqual([body]);
  });

  test("an address that nobody knows has nothing", async () => {
    const { store, send } = open();
    expect(await send(`GET /iclock/anything?SN=${SN}`)).toBe("NOT UNDERSTOOD");
    expect(store.quarantine).toEqual([]);
  });
});
