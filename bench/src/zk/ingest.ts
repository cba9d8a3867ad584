import type { Contest } from "../harness.js";
import { openSockets, sendClosing, sendOver, startServer } from "./client.js";

const LINES = 10;
const CONNECTIONS = 64;
const REQUESTS = 640;

let minted = 0;

/** An upload of ten new punches: a record that was stored before would cost less. */
const upload = (closing: boolean): Uint8Array => {
  const sn = `CGKK${100_000 + (minted % 50)}`;
  const body = Array.from({ length: LINES }, () => {
    const at = new Date(1_700_000_000_000 + minted++ * 1_000);
    return `${minted}\t${at.toISOString().slice(0, 19).replace("T", " ")}\t0\t1\t0\t0\t0\n`;
  }).join("");
  return new TextEncoder().encode(
    `POST /iclock/cdata?SN=${sn}&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: x\r\n` +
      `Connection: ${closing ? "close" : "keep-alive"}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
};

const uploads = (closing: boolean): Uint8Array[] =>
  Array.from({ length: REQUESTS }, () => upload(closing));

/** Uploads of ten records, each on the disk before its OK, against a server that forgets the body. */
export const durableIngest = (closing: boolean, atMost: number) => async (): Promise<Contest> => {
  const run = async (mode: "bare" | "sqlite" | "postgres") => {
    const { port } = await startServer(mode);
    if (closing) return () => sendClosing(port, CONNECTIONS, uploads(true));
    const sockets = await openSockets(port, CONNECTIONS);
    return () => sendOver(sockets, uploads(false));
  };
  return {
    title: `${REQUESTS} uploads of ${LINES} records, ${closing ? "Connection: close" : "keep-alive"}`,
    baseline: "node:http, body discarded",
    contestants: {
      "node:http, body discarded": await run("bare"),
      "engine, SQLite, committed": await run("sqlite"),
      // An empty database, where somebody has one at hand.
      ...(process.env["DATABASE_URL"] === undefined
        ? {}
        : { "engine, PostgreSQL, committed": await run("postgres") }),
    },
    budgets: [{ contestant: "engine, SQLite, committed", atMost }],
  };
};
