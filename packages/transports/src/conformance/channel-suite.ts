import type { Channel } from "../channel.js";
import { CHANNEL_CASES } from "./channel-cases.js";
import type { ChannelContext, ChannelUnderTest, Side } from "./channel-subject.js";
import { type ConformanceCase, hush, within } from "./check.js";

/** The cases, for any test runner. Each runs from left to right and from right to left. */
export const channelCases = (subject: ChannelUnderTest): readonly ConformanceCase[] => {
  const patience = subject.patienceMs ?? 10_000;
  const wireCode = subject.wireCode ?? ((_side, code) => code);
  const context: ChannelContext = {
    soon: (what, promise) => within(patience, what, promise),
    frames: subject.exchanges ?? 10_000,
    wireCode,
    holds: (side) => !subject.cannotHold?.includes(side),
  };
  return CHANNEL_CASES.flatMap(({ name, delivery = "whole", run }) =>
    (["left", "right"] as const).map((from) => ({
      name: `${name}, from ${from}`,
      async run() {
        const bench = await context.soon("the channel to open", subject.open(delivery));
        const to: Side = from === "left" ? "right" : "left";
        try {
          await run({ ...context, bench, from, to, a: hushed(bench[from]), b: hushed(bench[to]) });
        } finally {
          await context.soon("the channel to stop", bench.stop());
        }
      },
    })),
  );
};

const hushed = (channel: Channel): Channel => ({
  closed: channel.closed,
  send: (frame, options) => hush(channel.send(frame, options)),
  receive: (options) => hush(channel.receive(options)),
  close: (code, reason) => hush(channel.close(code, reason)),
  [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
});
