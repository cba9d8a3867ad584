import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { storeCases } from "../src/conformance.js";
import { openSqliteStore } from "../src/node/sqlite/index.js";

const folder = mkdtempSync(join(tmpdir(), "zk-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

describe("a SQLite store with its own thread, every case", () => {
  const cases = storeCases(({ sinks }) =>
    openSqliteStore({ file: join(folder, `${++files}.sqlite`), sinks }),
  );
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    await one.run();
  });
});
