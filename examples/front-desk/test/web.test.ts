import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FrontDesk, openFrontDesk } from "../src/front-desk.js";
import { simulatorTrustStore } from "../src/simulate/world.js";
import { readForm } from "../src/web/forms.js";
import { DE } from "../src/web/messages/de.js";
import { EN } from "../src/web/messages/en.js";
import { messagesFor } from "../src/web/messages/index.js";

describe("who is let in", () => {
  let desk: FrontDesk;
  beforeAll(async () => {
    desk = await openFrontDesk({
      chip: { kind: "sim", profile: "bac-rsa" },
      trust: simulatorTrustStore(),
    });
  });
  afterAll(() => desk.close());

  test("whoever asks before the desk is open is told so at once", async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const opening = openFrontDesk({
      ...{ port, chip: { kind: "sim", profile: "bac-rsa" } as const },
      trust: simulatorTrustStore(),
    });
    let early: number | undefined;
    while (early === undefined) {
      early = await fetch(`http://127.0.0.1:${port}/`).then(
        ({ status }) => status,
        () => undefined,
      );
    }
    await (await opening).close();
    expect(early).toBe(503);
  });

  const open = async () => {
    const response = await fetch(desk.url);
    const [cookie = ""] = response.headers.getSetCookie();
    const page = await response.text();
    return {
      response,
      page,
      cookie: cookie.split(";")[0]!,
      setCookie: cookie,
      csrf: /name="csrf" value="([^"]+)"/.exec(page)![1]!,
    };
  };
  const act = (headers: Record<string, string>, body: Record<string, string>) =>
    fetch(`${desk.url}/act`, {
      method: "POST",
      headers,
      body: new URLSearchParams(body),
      redirect: "manual",
    });

  test("the page allows nothing from elsewhere and is kept by nobody", async () => {
    const { response, setCookie, page } = await open();
    const policy = response.headers.get("content-security-policy")!;
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/ style=| on[a-z]+=/);
  });

  test("a form of the page is heard; without its token, cookie or Origin it is not", async () => {
    const { cookie, csrf } = await open();
    const origin = desk.url;
    const body = { csrf, input: "cancel" };
    const before = desk.desk.story.visit;
    expect((await act({ origin }, body)).headers.get("location")).toBe("/?refused=FORM");
    expect((await act({ origin, cookie }, { ...body, csrf: "" })).headers.get("location")).toBe(
      "/?refused=FORM",
    );
    expect((await act({ cookie }, body)).status).toBe(403);
    expect((await act({ origin: "https://elsewhere.example", cookie }, body)).status).toBe(403);
    expect((await act({ origin: "null", cookie }, body)).status).toBe(403);
    expect((await act({ origin, cookie, "sec-fetch-site": "cross-site" }, body)).status).toBe(403);
    expect(desk.desk.story.visit).toBe(before);
    expect((await act({ origin, cookie }, body)).headers.get("location")).toBe("/");
    expect(desk.desk.story.visit).toBe(before + 1);
  });

  test("another name for this address is none of ours", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      request(desk.url, { headers: { host: "elsewhere.example" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end();
    });
    expect(status).toBe(421);
  });

  test("what is too long, unknown, or not for now is refused and changes nothing", async () => {
    const { cookie, csrf } = await open();
    const headers = { origin: desk.url, cookie };
    expect((await act(headers, { csrf, input: "x".repeat(20_000) })).status).toBe(413);
    expect((await act(headers, { csrf, input: "open-sesame" })).headers.get("location")).toBe(
      "/?refused=FORM",
    );
    const early = await act(
      { ...headers, accept: "application/json" },
      { csrf, input: "start", step: "enrolment" },
    );
    expect(await early.json()).toEqual({ refused: EN.refusals.LOCKED });
    expect(desk.enrolCommands()).toBe(0);
  });

  test("a page may not post results, and pictures of nobody are not there", async () => {
    const headers = { origin: desk.url };
    const post = await fetch(`${desk.url}/results/docval`, { method: "POST", headers, body: "{}" });
    expect(post.status).toBe(403);
    expect((await fetch(`${desk.url}/pictures/${"0".repeat(24)}`)).status).toBe(404);
  });

  test("so many pages are told of changes, and no more; who leaves makes room", async () => {
    const ending = new AbortController();
    const { signal } = ending;
    const streams = await Promise.all(
      Array.from({ length: 32 }, () => fetch(`${desk.url}/events`, { signal })),
    );
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await fetch(`${desk.url}/events`)).status).toBe(503);
    ending.abort();
    for (;;) {
      const next = await fetch(`${desk.url}/events`);
      await next.body?.cancel();
      if (next.status === 200) return;
    }
  });

  test("the receipt of no visit says so, in the language that was asked for", async () => {
    const headers = { "accept-language": "de-AT,en;q=0.5" };
    expect(await (await fetch(`${desk.url}/receipt`, { headers })).text()).toContain(
      DE.receiptEmpty,
    );
  });
});

describe("forms", () => {
  test("keys are read as people type them, and refused where they are none", () => {
    const dates = { dateOfBirth: "740812", dateOfExpiry: "340415" };
    const typed = { input: "type-key", documentNumber: "l898 902c3<", ...dates };
    expect(readForm(typed)).toEqual({
      input: "type-key",
      key: { documentNumber: "L898902C3", ...dates },
    });
    expect(readForm({ input: "type-key", can: "123456" })).toEqual({
      input: "type-key",
      key: { can: "123456" },
    });
    expect(readForm({ input: "type-key", can: "12345" })).toBe("KEY");
    expect(readForm({ input: "type-key", documentNumber: "", ...dates })).toBe("KEY");
    expect(readForm({ input: "skip", step: "__proto__", reason: "because" })).toBe("FORM");
  });
});

describe("languages", () => {
  const leaves = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
      : [`${path}=${String(value)}`];

  test("both say everything, each in words of its own", () => {
    const [en, de] = [leaves(EN), leaves(DE)];
    expect(de.map((leaf) => leaf.split("=")[0])).toEqual(en.map((leaf) => leaf.split("=")[0]));
    expect(en.concat(de).filter((leaf) => leaf.endsWith("="))).toEqual([]);
    const alike = de.filter((leaf) => en.includes(leaf)).map((leaf) => leaf.split("=")[0]);
    expect(alike).toEqual([
      ".steps.chip.title",
      ".columns.zone",
      ".columns.chip",
      ".pin",
      ".simulator.chip",
    ]);
  });

  test("what was chosen comes before what the browser asks for, and English before nothing", () => {
    expect(messagesFor("de", "en").language).toBe("de");
    expect(messagesFor(undefined, "fr,de;q=0.8,en;q=0.5").language).toBe("de");
    expect(messagesFor("tlh", undefined).language).toBe("en");
  });
});
