import { createServer } from "node:net";
import { discover } from "@org/mosip-mds-types";
import { fetchSend, systemClock, verbSend } from "@org/mosip-mds-types/http";
import { requestVerb } from "@org/transports/node/http-verbs";
import { scanPorts } from "@org/transports/node/port-scan";
import type { Contest } from "../harness.js";

const PORTS = 100;

/** A range where nobody listens, below the ports that the system gives out. */
const closedRange = async (): Promise<number> => {
  for (let from = 20_000; from < 30_000; from += PORTS) {
    const free = await Promise.all(
      Array.from({ length: PORTS }, (_, index) => isFree(from + index)),
    );
    if (free.every(Boolean)) return from;
  }
  throw new Error("expected a range of closed ports");
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

/** Discovery where there is nothing, against bare connections. Nothing is promised: the time is told. */
export const scan = async (): Promise<Contest> => {
  const from = await closedRange();
  const ports = Array.from({ length: PORTS }, (_, index) => from + index);
  const looking = (send: Parameters<typeof discover>[0]) => async (): Promise<void> => {
    for await (const { port, reason } of discover(send, { ports, clock: systemClock })) {
      if (reason !== "closed") throw new Error(`expected port ${port} closed, found ${reason}`);
    }
  };
  return {
    title: `discovery over ${PORTS} closed ports`,
    baseline: "connections alone",
    contestants: {
      "connections alone": async () => {
        for await (const { port, open } of scanPorts({ from, to: from + PORTS - 1 })) {
          if (open) throw new Error(`expected port ${port} closed`);
        }
      },
      "discover, with the client of verbs": looking(verbSend(requestVerb)),
      "discover, with fetch": looking(fetchSend()),
    },
    budgets: [],
  };
};
