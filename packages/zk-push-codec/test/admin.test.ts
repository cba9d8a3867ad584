import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLiveFeed, createSessions, csvCell, csvLine } from "../src/http/index.js";

describe("CSV", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@x", "'@x"],
    ["\tx", "'\tx"],
    ["\r=x", '"\'\r=x"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ["a,b", '"a,b"'],
    ["1-2", "1-2"],
  ])("%j is %j", (text, cell) => expect(csvCell(text)).toBe(cell));

  test("a number stays one, and nothing is nothing", () => {
    expect(csvLine([-1, null, ""])).toBe("-1,,\r\n");
  });

  test("no text starts a formula or leaves its cell", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const cell = csvCell(text);
        const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(inner).not.toMatch(/^[=+\-@\t\r]/);
        expect(inner.replace(/^'/, "")).toBe(text.replace(/^'/, ""));
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
      }),
    );
  });
});

describe("sessions", () => {
  const asking = (cookie: string): Request => new Request("http://x/", { headers: { cookie } });
  const cookieOf = (set: string): string => set.split(";")[0]!;

  test("hold until their time, with one form proof each", async () => {
    let now = 1_000_000;
    const sessions = createSessions({ token: "t", now: () => now, maxAgeS: 60 });
    const cookie = cookieOf(await sessions.open());
    const other = cookieOf(await sessions.open());
    const session = await sessions.of(asking(`a=b; ${cookie}`));
    expect(session?.csrf).toMatch(/^[0-9a-f]{64}$/);
    expect((await sessions.of(asking(other)))?.csrf).not.toBe(session?.csrf);
    now += 60_000;
    expect(await sessions.of(asking(cookie))).toBeUndefined();
  });

  test("are known to every instance with the same token, and to no other", async () => {
    const cookie = cookieOf(await createSessions({ token: "t" }).open());
    expect(await createSessions({ token: "t" }).of(asking(cookie))).toBeDefined();
    expect(await createSessions({ token: "u" }).of(asking(cookie))).toBeUndefined();
  });

  test("no changed character passes", async () => {
    const sessions = createSessions({ token: "t" });
    const cookie = cookieOf(await sessions.open());
    const start = cookie.indexOf("=") + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: cookie.length - 1 }),
        fc.constantFrom(..."0123456789abcdef.-"),
        async (at, character) => {
          fc.pre(cookie[at] !== character);
          const changed = cookie.slice(0, at) + character + cookie.slice(at + 1);
          expect(await sessions.of(asking(changed))).toBeUndefined();
        },
      ),
    );
  });

  test("the cookie is not for scripts, other sites, or the open network where there is TLS", async () => {
    expect(await createSessions({ token: "t" }).open()).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(await createSessions({ token: "t", secure: true }).open()).toMatch(/; Secure$/);
  });
});

describe("the live feed", () => {
  const event = { event: "records", sn: "0316144680030", count: 1 } as const;

  test("wakes who waits, and keeps no more than can be looked at", async () => {
    const feed = createLiveFeed();
    const viewer = feed.open()!;
    const waiting = viewer.wait(60_000);
    feed.publish([event]);
    await waiting;
    expect(viewer.take()).toEqual([event]);
    expect(viewer.take()).toEqual([]);
    for (let count = 0; count < 500; count++) feed.publish([{ ...event, count }]);
    const taken = viewer.take();
    expect(taken).toHaveLength(200);
    expect(taken.at(-1)).toMatchObject({ count: 499 });
  });

  test("tells nobody of errors", () => {
    const feed = createLiveFeed();
    const viewer = feed.open()!;
    feed.publish([{ event: "storeFailed", sn: "0316144680030", error: new Error("disk") }]);
    expect(viewer.take()).toEqual([]);
  });

  test("has room for a hundred, and ends them all", async () => {
    const feed = createLiveFeed();
    const viewers = Array.from({ length: 100 }, () => feed.open()!);
    expect(feed.open()).toBeUndefined();
    viewers[0]!.close();
    expect(feed.open()).toBeDefined();
    const waiting = viewers[1]!.wait(60_000);
    feed.close();
    await waiting;
    expect(viewers[1]!.closed).toBe(true);
  });
});
