import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, serve } from "../serve.js";
import { commandsOf, serveTerminal } from "./terminal.js";

let zk: Served;
beforeAll(async () => {
  zk = await serveTerminal();
});
afterAll(() => zk.close());

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
    const commands = (await commandsOf(zk, "COPYTO01")).map((line) => line.replace(/^C:\w+:/, ""));
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
