import { expect, test } from "vitest";
import { crashRounds } from "./rounds.js";

test("killed with 32 requests in flight: every acknowledged punch is there, and once", async () => {
  const { acknowledged, lost, double } = await crashRounds(2);
  expect(acknowledged).toBeGreaterThan(32);
  expect({ lost, double }).toEqual({ lost: [], double: [] });
});

test("a store that says yes before the commit is found out by the same count", async () => {
  const { lost } = await crashRounds(2, true);
  expect(lost.length).toBeGreaterThan(0);
});
