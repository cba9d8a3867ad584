import { describe } from "vitest";
import { apduTransportCases } from "../src/conformance/index.js";
import { waitForCard } from "../src/index.js";
import { openVpcdCard, openVpcdReader, type VpcdCard } from "../src/node/vpcd.js";
import { startCutProxy } from "./support/cut-proxy.js";
import { countResources } from "./support/resources.js";
import { runCases } from "./support/run-cases.js";

describe("vpcd, our reader and our card", () => {
  runCases(
    apduTransportCases({
      limits: { minCommand: 2, maxCommand: 65_535, minResponse: 1, maxResponse: 65_535 },
      async open(receive, delivery) {
        const transport = await openVpcdReader({ port: 0 });
        const proxy = await startCutProxy(() => transport.port, delivery);
        const lay = () => openVpcdCard(receive, { port: proxy.port });
        let card: VpcdCard = await lay();
        await waitForCard(transport);
        return {
          transport,
          resources: countResources,
          removeCard: () => card.close(),
          async insertCard() {
            card = await lay();
          },
          async stop() {
            await transport.close();
            await card.close();
            await proxy.stop();
          },
        };
      },
    }),
  );
});
