import { describe } from "vitest";
import { apduTransportCases, channelCases } from "../src/conformance/index.js";
import {
  createChannelPair,
  createMemoryTransport,
  createRelayTransport,
  serveRelay,
  withLog,
  withSignal,
  withTimeout,
} from "../src/index.js";
import { runCases } from "./support/run-cases.js";

describe("memory transport", () => {
  runCases(
    apduTransportCases({
      async open(receive) {
        const transport = createMemoryTransport(receive);
        return {
          transport,
          removeCard: () => transport.remove(),
          insertCard: () => transport.insert(),
          stop: () => transport.close(),
        };
      },
    }),
  );
});

describe("memory transport under a log, a signal and a time limit", () => {
  runCases(
    apduTransportCases({
      async open(receive) {
        const memory = createMemoryTransport(receive);
        const session = new AbortController();
        const limited = withTimeout(withSignal(memory, session.signal), 5_000);
        return {
          transport: withLog(limited, () => {}),
          removeCard: () => memory.remove(),
          insertCard: () => memory.insert(),
          stop: () => memory.close(),
        };
      },
    }),
  );
});

describe("relay over a memory channel", () => {
  runCases(
    apduTransportCases({
      async open(receive) {
        const { left, right, cut } = createChannelPair();
        const transport = createRelayTransport(left);
        const card = createMemoryTransport(receive);
        const served = serveRelay(right, card);
        return {
          transport,
          removeCard: cut,
          async stop() {
            await transport.close();
            await served;
          },
        };
      },
    }),
  );
});

describe("memory channel", () => {
  runCases(
    channelCases({
      async open() {
        const pair = createChannelPair();
        return {
          ...pair,
          async stop() {
            await pair.left.close();
          },
        };
      },
    }),
  );
});
