import { createServer, type RequestListener, type Server } from "node:http";
import { systemClock } from "../clock.js";
import { type FetchHandler, type FetchListenerOptions, toNodeListener } from "./fetch-handler.js";
import { closeServer, type ListenAddress, listen } from "./listen.js";
import { acceptVerbs, type VerbOptions } from "./verb-server.js";

export { type FetchHandler, type FetchListenerOptions, toNodeListener } from "./fetch-handler.js";
export { MOSIP_VERBS } from "./request-line.js";
export { requestVerb, type VerbRequestOptions } from "./verb-client.js";
export type { VerbResponse } from "./verb-response.js";
export { acceptVerbs, type VerbAcceptor, type VerbOptions } from "./verb-server.js";

export interface VerbListenOptions extends VerbOptions, ListenAddress, FetchListenerOptions {}

export interface VerbListener {
  readonly server: Server;
  readonly port: number;
  /** `http://host:port`, without a path. */
  readonly url: string;
  /** Takes no more and finishes what it took, for at most `graceMs`; default 5,000. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Listens for HTTP with methods of its own, and serves by a Node listener.
 *
 * @throws TransportError `LISTEN_FAILED`, `OPTION_INVALID`.
 */
export const listenVerbs = async (
  listener: RequestListener,
  options: VerbListenOptions = {},
): Promise<VerbListener> => {
  const { host = "127.0.0.1", clock = systemClock } = options;
  const server = createServer(listener);
  const acceptor = acceptVerbs(server, options);
  const port = await listen(server, options);
  return {
    server,
    port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    async close(graceMs = 5_000) {
      const stopped = closeServer(server);
      acceptor.dropPending();
      server.closeIdleConnections();
      const cancelTimer = clock.schedule(graceMs, () => server.closeAllConnections());
      await stopped;
      cancelTimer();
    },
  };
};

/** The same with a fetch-style handler. */
export const listenVerbsFetch = (
  handler: FetchHandler,
  options: VerbListenOptions = {},
): Promise<VerbListener> => listenVerbs(toNodeListener(handler, options), options);
