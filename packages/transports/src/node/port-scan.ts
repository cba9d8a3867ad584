import { connect } from "node:net";
import { type Clock, systemClock } from "../clock.js";
import { abortedError, TransportError } from "../errors.js";
import { onAbort } from "../signal.js";
import { checkPort } from "./listen.js";

export interface PortScanOptions {
  /** First and last port of the range; at most {@link PORT_SCAN_LIMIT} ports. */
  readonly from: number;
  readonly to: number;
  /** Time for each port, in milliseconds; default 1,000. */
  readonly portMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/** What was found of one port. */
export interface PortState {
  readonly port: number;
  readonly open: boolean;
  /** `CONNECTED`, `TIMEOUT`, `SELF_CONNECTED`, or the system's name: `ECONNREFUSED`, `EMFILE`. */
  readonly reason: string;
}

/** All ports are tried at once, and each takes a socket. */
export const PORT_SCAN_LIMIT = 1_000;

const HOST = "127.0.0.1";

/**
 * Tries the ports of a range on 127.0.0.1, all at once, and yields each as soon as it is known: those
 * that answer first come first. Leaving the loop ends the scan.
 *
 * @throws TransportError `OPTION_INVALID`, `TRANSPORT_ABORTED`.
 */
export async function* scanPorts(options: PortScanOptions): AsyncGenerator<PortState, void, void> {
  const { from, to, portMs = 1_000, signal, clock = systemClock } = options;
  checkRange(from, to);
  if (signal?.aborted) throw abortedError(signal);
  const found: PortState[] = [];
  const running = new Set<() => void>();
  let wake = () => {};
  const tell = (state: PortState) => {
    found.push(state);
    wake();
  };
  const stopListening = onAbort(signal, () => wake());
  for (let port = from; port <= to; port++) tryPort(port, portMs, clock, running, tell);
  try {
    for (let left = to - from + 1; left > 0; left--) {
      while (found.length === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (signal?.aborted) throw abortedError(signal);
      yield found.shift()!;
    }
  } finally {
    stopListening();
    for (const stop of running) stop();
  }
}

const checkRange = (from: number, to: number): void => {
  checkPort(from);
  checkPort(to);
  if (from >= 1 && from <= to && to - from < PORT_SCAN_LIMIT) return;
  throw new TransportError(
    "OPTION_INVALID",
    `expected 1 to ${PORT_SCAN_LIMIT} ports, found ${from} to ${to}`,
    { limit: PORT_SCAN_LIMIT },
  );
};

const tryPort = (
  port: number,
  portMs: number,
  clock: Clock,
  running: Set<() => void>,
  tell: (state: PortState) => void,
): void => {
  const socket = connect({ host: HOST, port });
  const stop = () => {
    cancelTimer();
    running.delete(stop);
    socket.destroy();
  };
  const end = (open: boolean, reason: string) => {
    if (!running.has(stop)) return;
    stop();
    tell({ port, open, reason });
  };
  const cancelTimer = clock.schedule(portMs, () => end(false, "TIMEOUT"));
  running.add(stop);
  // A port that the system itself picks for outgoing connections may be joined with itself.
  socket.once("connect", () =>
    socket.localPort === port ? end(false, "SELF_CONNECTED") : end(true, "CONNECTED"),
  );
  socket.on("error", (error: NodeJS.ErrnoException) => end(false, error.code ?? "ERROR"));
};
