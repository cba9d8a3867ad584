import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, SN, serve } from "../serve.js";
import { commandsOf, serveTerminal } from "./terminal.js";

let zk: Served;
beforeAll(async () => {
  zk = await serveTerminal();
});
afterAll(() => zk.close());

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
    expect((await commandsOf(zk, "RESYNC01"))[0]).toMatch(/^C:\w+:CHECK$/);
    const again = await zk.terminal("cdata?SN=RESYNC01&options=all&pushver=2.4.1");
    expect(again).toContain("ATTLOGStamp=0\n");
  });
});
