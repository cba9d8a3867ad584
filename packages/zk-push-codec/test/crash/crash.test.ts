import { describe, expect, test } from "vitest";
import { crashHomes } from "./homes.js";
import { crashRounds } from "./rounds.js";

const homes = crashHomes();

// Not run again where it fails: a punch that is lost once is lost.
const ONCE = { retry: 0 } as const;

describe(
  "killed with 32 requests in flight: every acknowledged punch is there, and once",
  ONCE,
  () => {
    test("on SQLite", async () => {
      const home = await homes.sqlite();
      const { acknowledged, lost, double } = await crashRounds({ home, rounds: 2 });
      expect(acknowledged).toBeGreaterThan(32);
      expect({ lost, double }).toEqual({ lost: [], double: [] });
    });

    test("on PostgreSQL, two instances, one after the other; and no door opens twice", async () => {
      const home = await homes.postgres();
      const report = await crashRounds({ home, rounds: 2, instances: 2 });
      expect(report.acknowledged).toBeGreaterThan(32);
      expect(report.commands).toBeGreaterThan(0);
      expect(report).toMatchObject({ lost: [], double: [], doubleCommands: [] });
    });
  },
);

describe("a store that says yes before the commit is found out by the same count", () => {
  test.each(["sqlite", "postgres"] as const)("on %s", async (kind) => {
    const { lost } = await crashRounds({ home: await homes[kind](), rounds: 1, lying: true });
    expect(lost.length).toBeGreaterThan(0);
  });
});
