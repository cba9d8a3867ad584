import { describe } from "vitest";
import { apduTransportCases, channelCases, type Delivery } from "../src/conformance/index.js";
import {
  type Channel,
  createMemoryTransport,
  createRelayTransport,
  serveRelay,
  toWebCloseCode,
} from "../src/index.js";
import { listenWebSocket, openWebSocket } from "../src/node/websocket.js";
import { openWebSocket as openWebWebSocket } from "../src/web/websocket.js";
import { startCutProxy } from "./support/cut-proxy.js";
import { PlatformWebSocket } from "./support/platform-websocket.js";
import { countResources } from "./support/resources.js";
import { runCases } from "./support/run-cases.js";

/** A client that `open` makes, joined to a channel that our server accepted, through a proxy. */
const joined = async (open: (url: string) => Promise<Channel>, delivery: Delivery) => {
  let accept: (channel: Channel) => void;
  const accepted = new Promise<Channel>((resolve) => {
    accept = resolve;
  });
  const server = await listenWebSocket({ onChannel: (channel) => accept(channel) });
  const proxy = await startCutProxy(() => server.port, delivery);
  const left = await open(`ws://127.0.0.1:${proxy.port}/`);
  return {
    left,
    right: await accepted,
    resources: countResources,
    cut: () => proxy.cut(),
    async stop() {
      proxy.cut();
      await server.close();
      await proxy.stop();
    },
  };
};

describe("WebSocket of Node, client and server", () => {
  runCases(channelCases({ open: (delivery) => joined(openWebSocket, delivery) }));
});

describe("WebSocket of the platform, against the server of Node", () => {
  runCases(
    channelCases({
      cannotHold: ["left"],
      wireCode: (side, code) => (side === "left" ? toWebCloseCode(code) : code),
      open: (delivery) =>
        joined(
          (url) =>
            openWebWebSocket(url, {
              WebSocket: PlatformWebSocket,
              maxUnread: 8 * 1024 * 1024,
            }),
          delivery,
        ),
    }),
  );
});

describe("relay over a WebSocket", () => {
  runCases(
    apduTransportCases({
      exchanges: 2_000,
      async open(receive, delivery) {
        const { left, right, cut, stop } = await joined(openWebSocket, delivery);
        const served = serveRelay(right, createMemoryTransport(receive));
        const transport = createRelayTransport(left);
        return {
          transport,
          resources: countResources,
          removeCard: cut,
          async stop() {
            await transport.close();
            await served;
            await stop();
          },
        };
      },
    }),
  );
});
