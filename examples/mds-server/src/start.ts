import { randomBytes } from "node:crypto";
import { createDeviceServerHandler, systemClock } from "@org/mosip-mds-types/http";
import { readTrust } from "@org/mosip-mds-types/node";
import {
  createDeviceServers,
  type DeviceServer,
  simulatorTrust,
} from "@org/mosip-mds-types/testing";
import { listenVerbsFetch } from "@org/transports/node/http-verbs";

export interface MdsServerOptions {
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, which is any, by default. */
  readonly port?: number;
  /** A folder of keys; the public test keys by default. */
  readonly keys?: string;
  readonly onRequest?: (entry: { verb: string; path: string; status: number }) => void;
}

/** A device server that listens. */
export interface RunningMdsServer {
  readonly port: number;
  readonly url: string;
  readonly server: DeviceServer;
  close(): Promise<void>;
}

/** Starts a device server of every version that has one, on a socket of its own. */
export const startMdsServer = async (options: MdsServerOptions = {}): Promise<RunningMdsServer> => {
  const { host = "127.0.0.1", port = 0, keys, onRequest } = options;
  const server = createDeviceServers({
    trust: keys === undefined ? await simulatorTrust() : await readTrust(keys),
    clock: systemClock,
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  const handler = createDeviceServerHandler(server);
  const listener = await listenVerbsFetch(
    async (request) => {
      const response = await handler(request);
      const { pathname: path } = new URL(request.url);
      onRequest?.({ verb: request.method, path, status: response.status });
      return response;
    },
    { host, port },
  );
  return { port: listener.port, url: listener.url, server, close: () => listener.close(2_000) };
};
