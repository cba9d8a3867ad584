import { expect, test } from "vitest";
import { createMemoryStore } from "../src/testing.js";
import { playFleet } from "./fleet.js";

test("sixty terminals with their faults, ten minutes: nothing lost, nothing double", async () => {
  const store = createMemoryStore();
  const { acknowledged, punches } = await playFleet(store, 60, 10);
  const stored = [...store.attendance.values()].map(({ sn, pin }) => `${sn} ${pin}`);
  expect(punches).toBeGreaterThan(500);
  expect(acknowledged.size).toBe(punches);
  expect(new Set(stored)).toEqual(acknowledged);
  expect(stored).toHaveLength(acknowledged.size);
});
