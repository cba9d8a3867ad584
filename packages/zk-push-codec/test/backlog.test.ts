import { expect, test } from "vitest";
import { createScene, SN } from "./play.js";

const HOUR = 3_600_000;

test("a terminal with a log of years is slowed down, tells how far it is, and loses nothing", async () => {
  const scene = createScene({}, { backlogDelayMs: 250 });
  const { recorder } = scene.device;
  const count = 50_000;
  await scene.play(60_000);
  const known = await scene.store.device(SN);
  scene.store.setDevice(SN, { info: { ...known!.info!, attendanceRecords: `${count}` } });
  for (let i = 0; i < count; i++)
    recorder.punch(scene.now - (count - i + 100) * HOUR, { pin: "7" });
  const { handle } = scene.server;
  const waits: number[] = [];
  const server = {
    async handle(...request: Parameters<typeof handle>) {
      const handled = await handle(...request);
      if (handled.answerAfterMs !== undefined) waits.push(handled.answerAfterMs);
      return handled;
    },
  };
  await Object.assign(scene, { server }).play(20 * 60_000);
  expect(scene.store.attendance.size).toBe(count);
  const progress = scene.serverEvents.filter(({ event }) => event === "backlog");
  expect(progress.length).toBeGreaterThan(300);
  expect(waits).toEqual(Array(progress.length).fill(250));
  const told = progress.flatMap((event) => ("expected" in event ? [event.expected] : []));
  expect(new Set(told)).toEqual(new Set([count]));
  const received = progress.reduce((sum, e) => sum + ("received" in e ? e.received : 0), 0);
  expect(received).toBeGreaterThan(count - 200);

  // A fresh punch waits for nothing.
  waits.length = 0;
  recorder.punch(scene.now, { pin: "8" });
  await scene.play(60_000);
  expect([scene.store.attendance.size, waits]).toEqual([count + 1, []]);
});
