import { describe, expect, test } from "vitest";
import {
  type DeliverOptions,
  deliverResult,
  type Post,
  type PostRequest,
} from "../src/delivery/deliver.js";
import { createFakeClock } from "../src/testing/fake-clock.js";

const URL = "https://results.test/results";
const BODY = new TextEncoder().encode("{}");

/** A result server that answers by a script; the last entry goes on for ever. */
const scripted = (
  ...answers: (number | "refused" | "hang" | { status: number; after: number })[]
) => {
  const clock = createFakeClock();
  const seen: { at: number; request: PostRequest }[] = [];
  const aborted: number[] = [];
  const post: Post = ({ signal, ...request }) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)]!;
    seen.push({ at: clock.now(), request });
    signal.addEventListener("abort", () => aborted.push(clock.now()));
    if (answer === "refused") return Promise.reject(new Error("ECONNREFUSED"));
    if (answer === "hang") return new Promise(() => {});
    if (typeof answer === "number") return Promise.resolve(answer);
    return new Promise((resolve) => {
      clock.schedule(answer.after, () => resolve(answer.status));
    });
  };
  const deliver = async (options: Partial<DeliverOptions> = {}) => {
    const report = deliverResult(URL, BODY, { post, clock, ...options });
    await clock.advance(60_000);
    return report;
  };
  return { deliver, seen, aborted, clock };
};

describe("a result server that", () => {
  test.each([200, 201, 204])("takes it with %i is asked once", async (status) => {
    const server = scripted(status);
    expect(await server.deliver()).toEqual({
      delivered: true,
      attempts: [{ outcome: status, ms: 0 }],
    });
    expect(server.seen[0]?.request).toEqual({
      url: URL,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: BODY,
    });
    expect(server.clock.pending).toBe(0);
  });

  test.each([400, 401, 403, 404, 409, 413, 422, 301, 307])(
    "refuses it with %i is not asked again",
    async (status) => {
      const server = scripted(status);
      expect(await server.deliver()).toMatchObject({
        delivered: false,
        attempts: [{ outcome: status }],
      });
      expect(server.seen).toHaveLength(1);
    },
  );

  test.each([408, 429, 500, 502, 503])("says %i is asked four times", async (status) => {
    const server = scripted(status);
    expect(await server.deliver()).toMatchObject({ delivered: false });
    expect(server.seen.map(({ at }) => at)).toEqual([0, 250, 750, 1_750]);
  });

  test("cannot be reached is asked four times", async () => {
    const server = scripted("refused");
    const { attempts } = await server.deliver();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(Array(4).fill("network"));
  });

  test("never answers is given three seconds each time, and let go", async () => {
    const server = scripted("hang");
    const { attempts } = await server.deliver();
    expect(attempts).toEqual(Array(4).fill({ outcome: "timeout", ms: 3_000 }));
    expect(server.aborted).toEqual([3_000, 6_250, 9_750, 13_750]);
  });

  test("answers a moment too late is asked again", async () => {
    const server = scripted({ status: 200, after: 3_001 }, 200);
    const { attempts } = await server.deliver();
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["timeout", 200]);
  });

  test("recovers has it in the end", async () => {
    const server = scripted(503, "refused", "hang", 200);
    const { delivered, attempts } = await server.deliver();
    expect(delivered).toBe(true);
    expect(attempts.map(({ outcome }) => outcome)).toEqual([503, "network", "timeout", 200]);
  });

  test("refuses after a failure is not asked any more", async () => {
    expect((await scripted(503, 400, 200).deliver()).attempts).toHaveLength(2);
  });
});

test("times and attempts are options", async () => {
  const server = scripted("hang");
  const told: unknown[] = [];
  await server.deliver({
    timeoutMs: 100,
    pausesMs: [10],
    onAttempt: (attempt) => told.push(attempt),
  });
  expect(server.seen.map(({ at }) => at)).toEqual([0, 110]);
  expect(told).toEqual(Array(2).fill({ outcome: "timeout", ms: 100 }));
});

test("each attempt is signed anew", async () => {
  const server = scripted(500, 500, 200);
  let count = 0;
  await server.deliver({ sign: async () => ({ signature: `s${count++}` }) });
  expect(server.seen.map(({ request }) => request.headers["signature"])).toEqual([
    "s0",
    "s1",
    "s2",
  ]);
});

test.each([
  ["http://results.test", "http://results.test/"],
  ["https://results.test:443/a#part", "https://results.test/a"],
  ["http://RESULTS.test/a%20b?c", "http://results.test/a%20b?c"],
])("%s is signed and asked for as %s", async (url, target) => {
  const { clock } = scripted(200);
  const seen: string[] = [];
  await deliverResult(url, BODY, {
    clock,
    post: async (request) => seen.push(request.url) && 200,
    sign: async (request) => seen.push(request.url) && {},
  });
  expect(seen).toEqual([target, target]);
});

test.each(["ftp://x/", "results.test", "", "javascript:0", "https://u:p@x/", "http://["])(
  "%s is no result server",
  async (url) => {
    const { clock } = scripted(200);
    await expect(deliverResult(url, BODY, { post: async () => 200, clock })).rejects.toMatchObject({
      code: "OPTION_INVALID",
    });
  },
);
