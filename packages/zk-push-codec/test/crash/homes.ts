import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, startPostgres } from "../postgres-server.js";

/** Homes for the rounds of one test file, removed after it. */
export const crashHomes = () => {
  const folder = mkdtempSync(join(tmpdir(), "zk-crash-"));
  let files = 0;
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    sqlite: async () => join(folder, `${++files}.sqlite`),
    postgres: () => postgres.newDatabase(),
  };
};
