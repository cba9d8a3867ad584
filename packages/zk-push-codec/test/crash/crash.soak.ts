import { expect, test } from "vitest";
import { crashRounds } from "./rounds.js";

test("killed twenty times with 32 requests in flight: nothing lost, nothing double", async () => {
  const { acknowledged, lost, double } = await crashRounds(20);
  expect(acknowledged).toBeGreaterThan(1_000);
  expect({ lost, double }).toEqual({ lost: [], double: [] });
});
