import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectSocket, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AckPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, expect, test } from "vitest";
import { openSinks } from "../src/sinks.js";
import { serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "zk-nats-"));
let nats: ChildProcess | undefined;
afterAll(() => {
  nats?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectSocket({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.unref();
  });

const startNats = async (port: number): Promise<void> => {
  const words = ["-js", "-a", "127.0.0.1", "-p", `${port}`, "-sd", folder];
  nats = spawn("nats-server", words, { stdio: "ignore" });
  nats.once("error", (error) => {
    throw error;
  });
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
};

const killNats = (): Promise<void> =>
  new Promise((resolve) => {
    nats?.once("exit", () => resolve());
    nats?.kill("SIGKILL");
  });

/** Everything that a durable consumer has not seen yet, by the id of the message. */
const consume = async (url: string): Promise<Map<string, string>> => {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  const stream = "ZK_ATTENDANCE";
  await manager.consumers.add(stream, { durable_name: "payroll", ack_policy: AckPolicy.Explicit });
  const consumer = await jetstream(connection).consumers.get(stream, "payroll");
  const seen = new Map<string, string>();
  for (let got = -1; got !== 0; ) {
    got = 0;
    for await (const message of await consumer.fetch({ max_messages: 500, expires: 1_000 })) {
      got++;
      const id = message.headers?.get("Nats-Msg-Id") ?? "";
      const { pin, sn } = message.json<{ pin: string; sn: string }>();
      expect(message.subject).toBe(`zk.attendance.${sn}`);
      seen.set(id, pin);
      await message.ackAck();
    }
  }
  await connection.close();
  return seen;
};

test("a consumer that was away, and a NATS that died, miss nothing", async () => {
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  // Terminals are served before there is a NATS.
  const zk = await serve({ sinks: await openSinks({ events: url }) });
  let next = 0;
  const acknowledged: string[] = [];
  const punch = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      const lines = Array.from({ length: 5 }, () => {
        const at = new Date(1_700_000_000_000 + ++next * 1_000).toISOString();
        return { pin: `${next}`, line: `${next}\t${at.slice(0, 19).replace("T", " ")}\t0\t1\t0\n` };
      });
      const body = lines.map(({ line }) => line).join("");
      const answer = await zk.terminal("cdata?SN=NATS0001&table=ATTLOG&Stamp=9999", body);
      if (answer.startsWith("OK")) acknowledged.push(...lines.map(({ pin }) => pin));
    }
  };
  const drained = () =>
    expect.poll(() => zk.store.countEvents("nats"), { timeout: 60_000, interval: 200 }).toBe(0);

  await punch(10);
  await startNats(port);
  await drained();
  const first = await consume(url);
  expect([...first.values()].sort()).toEqual([...acknowledged].sort());

  // Nobody consumes now, and NATS dies in the middle.
  const sending = punch(60);
  await killNats();
  await punch(10);
  await sending;
  await startNats(port);
  await punch(10);
  await drained();
  const second = await consume(url);
  expect([...first.values(), ...second.values()].sort()).toEqual([...acknowledged].sort());
  expect(acknowledged).toHaveLength(450);
  await zk.close();
}, 120_000);
