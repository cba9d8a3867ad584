import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, serve } from "../serve.js";
import { commandsOf } from "./terminal.js";

let zk: Served;
beforeAll(async () => {
  zk = await serve();
});
afterAll(() => zk.close());

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
    expect(await commandsOf(zk, "COMMANDS1")).toEqual([
      `C:${id}:DATA UPDATE USERINFO PIN=9\tName=Zo\u00eb`,
    ]);
    expect(await commandsOf(zk, "COMMANDS1")).toEqual([]);
    await zk.terminal("devicecmd?SN=COMMANDS1", `ID=${id}&Return=0&CMD=DATA\n`);
    const { items } = (await zk.api("GET", "devices/COMMANDS1/commands")).body;
    expect(items).toMatchObject([
      { id, command: "DATA UPDATE USERINFO", state: "done", returnCode: 0 },
    ]);
  });

  test("are taken as objects too", async () => {
    expect((await give({ command: "AC_UNLOCK" }, { expiresInS: 5 })).status).toBe(202);
    expect((await commandsOf(zk, "COMMANDS1"))[0]).toMatch(/^C:\w{1,16}:AC_UNLOCK$/);
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
