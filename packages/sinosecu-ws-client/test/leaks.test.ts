import { expect, test } from "vitest";
import { openReader } from "../src/index.js";
import { createFakeClock, createSimulator, specimenPassport } from "../src/testing.js";
import { listen } from "./rig.js";

test("1,000 card sessions leave no listener, timer or record behind, and reject nothing unseen", async () => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", onRejection);
  try {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock, readMs: 300, imagesMs: 100 });
    let added = 0;
    const reader = openReader({
      clock,
      open: async (signal) => {
        const add = signal.addEventListener.bind(signal);
        signal.addEventListener = (...args) => {
          added += 1;
          add(...args);
        };
        return simulator.connect();
      },
    });
    const heard = listen(reader);
    await clock.settle();
    const document = specimenPassport();
    const controller = new AbortController();
    let listening = 0;
    for (const name of ["addEventListener", "removeEventListener"] as const) {
      const plain = controller.signal[name].bind(controller.signal) as (...args: unknown[]) => void;
      controller.signal[name] = (...args: unknown[]) => {
        listening += name === "addEventListener" ? 1 : -1;
        plain(...args);
      };
    }
    let idle: number | undefined;
    for (let i = 0; i < 1_000; i++) {
      simulator.lay(document);
      await clock.advance(500);
      await reader.images(["White"], { signal: controller.signal });
      simulator.takeAway();
      await clock.advance(12_000);
      idle ??= clock.pending;
      expect(clock.pending).toBe(idle);
    }
    expect(heard.document).toHaveLength(1_000);
    expect(heard.uncertain).toEqual([]);
    expect(heard["protocol-error"]).toEqual([]);
    expect(listening).toBe(0);
    expect(added).toBe(0);
    expect(simulator.clients).toBe(1);
    await reader.close();
    await clock.settle();
    expect(clock.pending).toBe(0);
    expect(simulator.clients).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections).toEqual([]);
  } finally {
    process.off("unhandledRejection", onRejection);
  }
});
