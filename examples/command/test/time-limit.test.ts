import { describe, expect, test } from "vitest";
import { startTimeLimit } from "../src/time-limit.js";

const fired = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

describe("a time limit", () => {
  test("fires when the time is over, also when nobody holds anything but the signal", async () => {
    const parent = new AbortController();
    const limit = startTimeLimit(20, parent.signal);
    await fired(limit.signal);
    expect(limit.isOver).toBe(true);
    expect(limit.signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  test("fires with the other signal, before or after", async () => {
    const parent = new AbortController();
    const limit = startTimeLimit(60_000, parent.signal);
    const heard = fired(limit.signal);
    parent.abort("enough");
    await heard;
    expect([limit.isOver, limit.signal.reason]).toEqual([false, "enough"]);
    expect(startTimeLimit(60_000, parent.signal).signal.reason).toBe("enough");
  });

  test("ended, it fires no more", async () => {
    const parent = new AbortController();
    const limit = startTimeLimit(5, parent.signal);
    limit.end();
    await new Promise((resolve) => setTimeout(resolve, 15));
    parent.abort();
    expect(limit.signal.aborted).toBe(false);
  });
});
