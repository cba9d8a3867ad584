import type { ApduTransport } from "../apdu-transport.js";
import { APDU_CASES } from "./apdu-cases.js";
import type { ApduCaseBench, ApduLimits, ApduTransportUnderTest } from "./apdu-subject.js";
import { type ConformanceCase, hush, pattern, within } from "./check.js";
import { createTestCard } from "./test-card.js";

/** The cases, for any test runner: `for (const { name, run } of …) test(name, run)`. */
export const apduTransportCases = (subject: ApduTransportUnderTest): readonly ConformanceCase[] => {
  const limits: ApduLimits = {
    minCommand: 0,
    maxCommand: undefined,
    minResponse: 0,
    maxResponse: 65_535,
    ...subject.limits,
  };
  const patience = subject.patienceMs ?? 10_000;
  const soon: ApduCaseBench["soon"] = (what, promise) => within(patience, what, promise);
  return APDU_CASES.map(({ name, delivery = "whole", run }) => ({
    name,
    async run() {
      const card = createTestCard();
      const bench = await soon("the transport to open", subject.open(card.receive, delivery));
      const transport = hushed(bench.transport);
      try {
        await run({
          bench,
          transport,
          card,
          limits,
          soon,
          exchanges: subject.exchanges ?? 10_000,
          command: (seed, length = 8) => pattern(Math.max(length, limits.minCommand), seed),
        });
      } finally {
        await soon("the transport to stop", bench.stop());
      }
    },
  }));
};

const hushed = (transport: ApduTransport): ApduTransport => ({
  get card() {
    return transport.card;
  },
  get closed() {
    return transport.closed;
  },
  onCard: (listener) => transport.onCard(listener),
  transceive: (command, options) => hush(transport.transceive(command, options)),
  close: () => hush(transport.close()),
});
