import { afterAll, beforeAll, expect, test } from "vitest";
import { type Served, SN, TOKEN } from "../serve.js";
import { serveTerminal } from "./terminal.js";

let zk: Served;
beforeAll(async () => {
  zk = await serveTerminal();
});
afterAll(() => zk.close());

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
