import { expect, test } from "vitest";
import { crashHomes } from "./homes.js";
import { crashRounds } from "./rounds.js";

const homes = crashHomes();

test.each([
  ["SQLite", "sqlite", 1],
  ["PostgreSQL, two instances, one after the other", "postgres", 2],
] as const)(
  "twenty rounds, killed with 32 requests in flight, on %s: nothing lost, nothing double",
  async (_name, kind, instances) => {
    const report = await crashRounds({ home: await homes[kind](), rounds: 20, instances });
    expect(report.acknowledged).toBeGreaterThan(1_000);
    expect(report).toMatchObject({ lost: [], double: [], doubleCommands: [] });
  },
);
