import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "zk-thousand-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const TERMINALS = 1_000;
const TOKEN = "thousand";
/** Punches of each, at 200 a second of all together: nearly a minute. */
const RECORDS = 11;

/** Runs one of the commands, as a person does. */
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

interface Row {
  readonly sn: string;
  readonly pin: string;
  readonly time: string;
}

test("a thousand terminals for a minute: nothing lost, nothing double, the queue drained", async () => {
  const server = run("zk-server", [
    ...["--port", "0", "--pairing", "open", "--admin-token", TOKEN],
    ...["--db", join(folder, "zk.sqlite")],
  ]);
  const { listening: url } = (await firstLine(server)) as { listening: string };
  const api = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: { Authorization: `Bearer ${TOKEN}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as {
      readonly items: readonly Row[];
      readonly next: string | null;
    };
  };
  const fleet = run("zk-device", [
    ...["--server", url, "--count", `${TERMINALS}`, "--users", "1"],
    ...["--records", `${RECORDS}`, "--rate", "200", "--duration", "80"],
    ...["--fault", "duplicate-delivery=0.1", "--fault", "half-sent-bodies=0.05"],
  ]);
  // Somebody new, when all have come.
  const hired = new Promise((resolve) => setTimeout(resolve, 25_000)).then(() =>
    api("PUT", "users/4711", { name: "Zoe" }),
  );
  const report = await firstLine(fleet);
  const total = TERMINALS * RECORDS;
  expect(report).toMatchObject({ sent: total, acknowledged: total, rejected: 0 });
  expect(await hired).toMatchObject({ commands: TERMINALS });

  const rows: Row[] = [];
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const part = await api("GET", `attendance?limit=1000&cursor=${cursor}`);
    rows.push(...part.items);
    cursor = part.next;
  }
  const distinct = new Set(rows.map(({ sn, time, pin }) => `${sn} ${time} ${pin}`));
  expect([rows.length, distinct.size]).toEqual([total, total]);

  const metrics = await (await fetch(`${url}/metrics`)).text();
  const done = Number(/zk_commands_total\{state="done"\} (\d+)/.exec(metrics)?.[1]);
  expect(done).toBeGreaterThanOrEqual(TERMINALS);
  expect(metrics).toContain("zk_store_failures_total 0");
  server.kill("SIGTERM");
  const [code] = (await once(server, "exit")) as [number];
  expect(code).toBe(0);
}, 110_000);
