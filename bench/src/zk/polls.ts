import type { Contest } from "../harness.js";
import { openSockets, sendOver, startServer } from "./client.js";

const TERMINALS = 10_000;
const CONNECTIONS = 32;
/** Polls of one turn, at 1,000 a second. */
const POLLS = 1_000;
const SLICES = 20;
const ROUNDS_BEFORE = 8;

const poll = (terminal: number): Uint8Array =>
  new TextEncoder().encode(
    `GET /iclock/getrequest?SN=CGKK${100_000 + terminal} HTTP/1.1\r\nHost: x\r\n\r\n`,
  );

/**
 * Polls of 10,000 terminals at 1,000 a second; what is measured is CPU time of the server, all
 * threads, for a second of that.
 */
export const polls = async (): Promise<Contest> => {
  const run = async (mode: "bare" | "sqlite" | "postgres") => {
    const server = await startServer(mode);
    const sockets = await openSockets(server.port, CONNECTIONS);
    // Every terminal is known, and the program compiled, before anything is measured.
    await sendOver(
      sockets,
      Array.from({ length: ROUNDS_BEFORE * TERMINALS }, (_, i) => poll(i % TERMINALS)),
    );
    let next = 0;
    return async (): Promise<number> => {
      const before = await server.usage();
      for (let slice = 0; slice < SLICES; slice++) {
        const due = performance.now() + 1_000 / SLICES;
        const some = Array.from({ length: POLLS / SLICES }, () => poll(next++ % TERMINALS));
        await sendOver(sockets, some);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      }
      const after = await server.usage();
      peak.set(mode, Math.round(after.rss / 1_048_576));
      return after.cpuMs - before.cpuMs;
    };
  };
  const peak = new Map<string, number>();
  const contest = {
    baseline: "node:http, OK",
    contestants: {
      "node:http, OK": await run("bare"),
      "engine, SQLite": await run("sqlite"),
      ...(process.env["DATABASE_URL"] === undefined
        ? {}
        : { "engine, PostgreSQL": await run("postgres") }),
    },
    budgets: [{ contestant: "engine, SQLite", atMost: 2.5 }],
    // What threads without work give back to the system, for seconds after the start, counts as well.
    batches: 31,
  };
  return {
    ...contest,
    /** Read after the run: memory of the two processes. */
    get title() {
      const memory = [...peak].map(([mode, megabytes]) => `${mode} ${megabytes} MB`).join(", ");
      return `CPU for 1,000 polls a second of 10,000 terminals${memory === "" ? "" : ` (${memory})`}`;
    },
  };
};
