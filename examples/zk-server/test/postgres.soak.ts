import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type PostgresServer,
  startPostgres,
} from "../../../packages/zk-push-codec/test/postgres-server.js";

const children: ChildProcess[] = [];
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await postgres.stop();
});

const run = (name: "zk-server" | "zk-device", words: readonly string[]): ChildProcess => {
  const main = fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url));
  const args = ["--conditions=@org/source", "--import", "tsx", main, "--json", ...words];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
};

const firstLine = async (child: ChildProcess): Promise<Record<string, unknown>> => {
  let text = "";
  for await (const part of child.stdout!) {
    text += part;
    if (text.includes("\n")) break;
  }
  return JSON.parse(text) as Record<string, unknown>;
};

test("two servers over one database: what one is told the other knows, and either may end", async () => {
  const words = ["--port", "0", "--pairing", "open", "--admin-token", "secret"];
  const db = await postgres.newDatabase();
  const servers = [1, 2].map(() => run("zk-server", [...words, "--db", db]));
  const [first, second] = (await Promise.all(servers.map(firstLine))).map(
    ({ listening }) => listening as string,
  ) as [string, string];
  const api = async (url: string, method: string, path: string, body?: string) =>
    (await fetch(`${url}/api/${path}`, {
      method,
      headers: { Authorization: "Bearer secret" },
      ...(body === undefined ? {} : { body }),
    }).then((response) => response.json())) as {
      readonly items: readonly {
        readonly sn: string;
        readonly pin: string;
        readonly time: string;
      }[];
      readonly next: string | null;
      readonly commands: number;
    };

  const fleets = [first, second].map((url, i) =>
    run("zk-device", [
      ...["--server", url, "--sn", `FLEET${i}001`, "--count", "25", "--users", "2"],
      ...["--records", "40", "--duration", "60", "--fault", "duplicate-delivery=0.2"],
    ]),
  );
  for (const report of await Promise.all(fleets.map(firstLine))) {
    expect(report).toMatchObject({ sent: 1_000, acknowledged: 1_000 });
  }
  const rows = async (url: string) => {
    const found: string[] = [];
    for (let cursor: string | null = "0"; cursor !== null; ) {
      const part = await api(url, "GET", `attendance?limit=1000&cursor=${cursor}`);
      found.push(...part.items.map(({ sn, pin, time }) => `${sn} ${pin} ${time}`));
      cursor = part.next;
    }
    return found;
  };
  const all = await rows(first);
  expect([all.length, new Set(all).size]).toEqual([2_000, 2_000]);
  expect(await rows(second)).toEqual(all);

  // Told at the one, given by the other, which is all that is left.
  expect((await api(first, "PUT", "users/900", '{"name":"Zoe"}')).commands).toBe(50);
  servers[0]!.kill("SIGTERM");
  expect(await once(servers[0]!, "exit")).toEqual([0, null]);
  const answer = await fetch(`${second}/iclock/getrequest?SN=FLEET0001`);
  expect(await answer.text()).toMatch(/DATA UPDATE USERINFO PIN=900\t/);
}, 120_000);
