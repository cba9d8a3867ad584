import { createSimulator, type Simulator } from "@org/sinosecu-ws-client/testing";
import { systemClock } from "@org/sinosecu-ws-client/web";
import { listenWebSocket } from "@org/transports/node/websocket";

/** The passport reader's background service on a socket, and the hands that lay documents down. */
export interface ReaderService {
  readonly url: string;
  readonly simulator: Simulator;
  close(): Promise<void>;
}

export const startReaderService = async (): Promise<ReaderService> => {
  const simulator = createSimulator({ clock: systemClock, readMs: 250, imagesMs: 80 });
  const server = await listenWebSocket({
    paths: ["/echo", "/echo/"],
    onChannel: (channel) => void simulator.serve(channel),
  });
  return {
    url: `${server.url}/echo`,
    simulator,
    async close() {
      simulator.close();
      await server.close();
    },
  };
};
