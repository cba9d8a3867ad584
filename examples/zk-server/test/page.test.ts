import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, SN, serve, TOKEN } from "./serve.js";

let zk: Served;
let cookie: string;
let csrf: string;

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(zk.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });
const act = (path: string, fields: Record<string, string>, headers = {}) =>
  post(path, { csrf, ...fields }, { Cookie: cookie, ...headers });
const page = async (): Promise<string> =>
  (await fetch(`${zk.url}/`, { headers: { Cookie: cookie } })).text();

beforeAll(async () => {
  zk = await serve({ pairing: "approve" });
  await zk.terminal(`cdata?SN=${SN}&options=all`);
  const opened = await post("/login", { token: TOKEN });
  cookie = opened.headers.getSetCookie()[0]!.split(";")[0]!;
  csrf = /name="csrf" value="([0-9a-f]{64})"/.exec(await page())![1]!;
});
afterAll(() => zk.close());

describe("the way in", () => {
  test("is the token, once, for a cookie that scripts and other sites do not have", async () => {
    const { status, headers } = await post("/login", { token: TOKEN });
    expect({ status, to: headers.get("location") }).toEqual({ status: 303, to: "/" });
    const set = headers.getSetCookie()[0]!;
    expect(set).toContain("; HttpOnly; SameSite=Strict");
    expect(set).not.toContain(TOKEN);
  });

  test.each([
    ["no cookie", ""],
    [
      "a made-up cookie",
      `zk-session=${Date.now() + 1e6}.${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}.${"0".repeat(64)}`,
    ],
    ["an empty cookie", "zk-session="],
  ])("%s shows the login and nothing of the terminals", async (_, value) => {
    const text = await (await fetch(`${zk.url}/`, { headers: { Cookie: value } })).text();
    expect(text).toContain("Admin token");
    expect(text).not.toContain(SN);
  });

  test("a session that was prolonged by hand is none", async () => {
    const longer = cookie.replace(/=(\d)/, "=9$1");
    const text = await (await fetch(`${zk.url}/`, { headers: { Cookie: longer } })).text();
    expect(text).not.toContain(SN);
  });

  test("a form from another site does not open it", async () => {
    const { status } = await post("/login", { token: TOKEN }, { "Sec-Fetch-Site": "cross-site" });
    expect(status).toBe(403);
  });

  test("ends after a few wrong tokens", async () => {
    const own = await serve();
    const login = async (token: string): Promise<number> => {
      const body = new URLSearchParams({ token });
      const options = { method: "POST", body, redirect: "manual" } as const;
      return (await fetch(`${own.url}/login`, options)).status;
    };
    for (let i = 0; i < 10; i++) expect(await login(`guess${i}`)).toBe(403);
    expect(await login(TOKEN)).toBe(429);
    await own.close();
  });
});

describe("the page", () => {
  test("lets nothing in from elsewhere", async () => {
    const { headers } = await fetch(`${zk.url}/`, { headers: { Cookie: cookie } });
    const policy = headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-frame-options")).toBe("DENY");
    const text = await page();
    expect(text).not.toMatch(/(?:src|href|action)="https?:/);
    expect(text).not.toMatch(/<script(?! src="\/page\.js")/);
    expect(text).not.toMatch(/ on\w+=| style=/);
  });

  test("every form carries the proof", async () => {
    const forms = (await page()).split("<form").slice(1);
    expect(forms.length).toBeGreaterThan(2);
    for (const form of forms) expect(form).toContain(`name="csrf" value="${csrf}"`);
  });

  test.each([
    ["without the proof", { csrf: "" }, {}],
    ["with another proof", { csrf: "0".repeat(64) }, {}],
    ["from another site", {}, { "Sec-Fetch-Site": "cross-site" }],
  ])("a form %s does nothing", async (_, fields, headers) => {
    const { status } = await act("/devices/approve", { sn: SN, ...fields }, headers);
    expect(status).toBe(403);
    expect((await zk.store.device(SN))?.standing).toBe("pending");
  });

  test("a cookie is no token for what changes something", async () => {
    const headers = { Cookie: cookie };
    const approve = await fetch(`${zk.url}/api/devices/${SN}/approve`, { method: "POST", headers });
    expect(approve.status).toBe(401);
    expect((await fetch(`${zk.url}/api/attendance.csv`, { headers })).status).toBe(200);
  });

  test("approves a terminal, gives it a person, opens its door", async () => {
    expect((await act("/devices/approve", { sn: SN })).headers.get("location")).toBe(
      "/?did=%2Fdevices%2Fapprove",
    );
    expect((await zk.store.device(SN))?.standing).toBe("approved");
    await act("/people/put", { pin: "7", name: "<i>Ann</i>", card: "", privilege: "0" });
    await act("/devices/unlock", { sn: SN });
    await act("/people/enrol", { sn: SN, pin: "7", finger: "6" });
    const commands = await zk.terminal(`getrequest?SN=${SN}`);
    expect(commands).toMatch(/^C:\w+:DATA UPDATE USERINFO PIN=7\tName=<i>Ann<\/i>\tPri=0\n/);
    expect(commands).toMatch(/^C:\w+:AC_UNLOCK$/m);
    expect(commands).toMatch(/^C:\w+:ENROLL_FP PIN=7\tFID=6\tRETRY=3\tOVERWRITE=1$/m);
    expect(await page()).toContain("&lt;i&gt;Ann&lt;/i&gt;");
    expect(await page()).not.toContain("<i>Ann");
  });

  test("says what is wrong, and does nothing", async () => {
    const answer = await act("/people/put", { pin: "a\tb", name: "x" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('role="alert"');
    expect((await act("/devices/unlock", { sn: "NOBODY" })).status).toBe(404);
    expect((await act("/devices/explode", { sn: SN })).status).toBe(404);
    expect(
      (await fetch(`${zk.url}/?quarantine=x&people=%00`, { headers: { Cookie: cookie } })).status,
    ).toBe(200);
  });

  test("shows what a terminal wrote as text", async () => {
    const line = "<b>x</b>\t2015-07-30 15:16:28\t0\t1\n";
    await zk.terminal(`cdata?SN=${SN}&table=ATTLOG&Stamp=1`, line);
    const text = await page();
    expect(text).toContain("2015-07-30 15:16:28");
    expect(text).not.toContain("<b>x");
  });

  test("shows how much of a terminal's log is stored", async () => {
    await zk.terminal(
      `getrequest?SN=${SN}&INFO=Ver%202.0.12,1,0,44718,192.168.16.27,10,7,15,0,111`,
    );
    await expect
      .poll(page, { timeout: 20_000 })
      .toContain(
        `1 of 44,718\n<progress max="44718" value="1" aria-label="Stored of the log of ${SN}">`,
      );
    await zk.terminal(`getrequest?SN=${SN}&INFO=Ver%202.0.12,1,0,0,192.168.16.27,10,7,15,0,111`);
    expect(await page()).toContain("<td>1</td>");
    expect(await page()).not.toContain("<progress");
  });

  test("says so when a terminal is set to access control", async () => {
    expect(await page()).not.toContain("Set to access control");
    await zk.terminal(`push?SN=${SN}`);
    expect(await page()).toContain("Set to access control");
    const text = await (await fetch(`${zk.url}/metrics`)).text();
    expect(text).toContain('zk_not_understood_total{reason="REQUEST_FOREIGN"} 1');
  });

  test("closes", async () => {
    const { headers } = await act("/logout", {});
    expect(headers.getSetCookie()[0]).toContain("zk-session=; Max-Age=0");
  });
});
