import type { AddressInfo, Server } from "node:net";
import type { Output } from "./output.js";

/** The flags of every command that listens. */
export const LISTEN_FLAGS = {
  host: { type: "text", value: "HOST", default: "127.0.0.1", help: "address to listen on" },
  port: { type: "number", value: "N", max: 65_535, help: "port to listen on, 0 for any free one" },
} as const;

/**
 * Listens, says so on standard output once it is true, and answers with the URL.
 *
 * @throws the system's error, `EADDRINUSE` for one, when the port cannot be had.
 */
export const listen = async (
  server: Server,
  output: Output,
  { host, port, scheme = "http" }: { host: string; port: number; scheme?: string },
): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const { address, port: taken, family } = server.address() as AddressInfo;
  const url = `${scheme}://${family === "IPv6" ? `[${address}]` : address}:${taken}`;
  output.line({ listening: url }, `listening on ${url}`);
  return url;
};

/** Resolves when the command is asked to end; a server that ends so has done its job. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
