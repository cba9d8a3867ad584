import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSqliteStore } from "../../src/node/sqlite/index.js";

export interface CrashReport {
  readonly acknowledged: number;
  /** Acknowledged, and not stored. */
  readonly lost: readonly string[];
  /** Stored more than once. */
  readonly double: readonly string[];
}

const IN_FLIGHT = 32;
const SN = "0316144680030";

/** A server in a process of its own. */
const start = async (file: string, lying: boolean) => {
  const script = fileURLToPath(new URL("server.ts", import.meta.url));
  const args = ["--conditions=@org/source", "--import", "tsx", script, file];
  const child = spawn(process.execPath, lying ? [...args, "lying"] : args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString())));
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { port, kill };
};

/** Sends one body; true when the server said OK. */
const send = (port: number, agent: Agent, body: string): Promise<boolean> =>
  new Promise((resolve) => {
    const options = {
      port,
      agent,
      host: "127.0.0.1",
      method: "POST",
      path: `/iclock/cdata?SN=${SN}&table=ATTLOG&Stamp=9999`,
      headers: { "Content-Length": body.length },
    };
    const sent = request(options, (response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(response.statusCode === 200 && text.startsWith("OK")));
      response.on("error", () => resolve(false));
    });
    sent.on("error", () => resolve(false));
    sent.end(body);
  });

const line = (pin: string, at: number): string =>
  `${pin}\t${new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ")}\t0\t1\t0\t0\t0\n`;

/**
 * Kills a server with requests in flight at random moments, and counts by the client's own log of
 * OKs what is in the file afterwards. A body that was not acknowledged is sent again in the next
 * round, as a terminal does.
 */
export const crashRounds = async (rounds: number, lying = false): Promise<CrashReport> => {
  const folder = mkdtempSync(join(tmpdir(), "zk-crash-"));
  const file = join(folder, "zk.sqlite");
  const acknowledged = new Set<string>();
  let waiting: string[] = [];
  let next = 0;
  for (let round = 0; round < rounds; round++) {
    const server = await start(file, lying);
    const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    let running = true;
    const again: string[] = [];
    const worker = async (): Promise<void> => {
      while (running) {
        const pin = waiting.pop() ?? `p${next++}`;
        const body = line(pin, 1_700_000_000 + Number(pin.slice(1)));
        if (await send(server.port, agent, body)) acknowledged.add(pin);
        else again.push(pin);
      }
    };
    const workers = Array.from({ length: IN_FLIGHT }, worker);
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 800));
    await server.kill();
    running = false;
    await Promise.all(workers);
    agent.destroy();
    waiting = again;
  }
  const counts = await countByPin(file);
  rmSync(folder, { recursive: true });
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((pin) => !counts.has(pin)),
    double: [...counts].filter(([, count]) => count > 1).map(([pin]) => pin),
  };
};

const countByPin = async (file: string): Promise<Map<string, number>> => {
  const store = await openSqliteStore({ file });
  const counts = new Map<string, number>();
  for (let cursor: string | null = "0"; cursor !== null; ) {
    const part: Awaited<ReturnType<typeof store.attendance>> = await store.attendance(
      {},
      { cursor, limit: 1_000 },
    );
    for (const { pin } of part.items) counts.set(pin, (counts.get(pin) ?? 0) + 1);
    cursor = part.next;
  }
  await store.close();
  return counts;
};
