import type { Server as NetServer } from "node:net";
import { TransportError } from "../errors.js";

export interface ListenAddress {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free port. */
  readonly port?: number;
}

/**
 * Listens, and resolves with the port.
 *
 * @throws TransportError `LISTEN_FAILED` where the address is taken or not ours, `OPTION_INVALID` for a
 * port that is none.
 */
export const listen = (server: NetServer, { host = "127.0.0.1", port = 0 }: ListenAddress) => {
  checkPort(port);
  return new Promise<number>((resolve, reject) => {
    const onError = (cause: Error) =>
      reject(
        new TransportError(
          "LISTEN_FAILED",
          `expected to listen on ${host}:${port}: ${cause.message}`,
          {
            cause,
          },
        ),
      );
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
};

/** @throws TransportError `OPTION_INVALID` unless it is a port, 0 included. */
export const checkPort = (port: number): void => {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw new TransportError("OPTION_INVALID", `expected a port of 0 to 65535, found ${port}`);
};

/** Stops accepting, and resolves when the last connection is gone. */
export const closeServer = (server: NetServer): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });
