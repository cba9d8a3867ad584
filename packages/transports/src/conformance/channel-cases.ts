import { type Channel, CLOSE_REASON_BYTES, type CloseInfo, type Frame } from "../channel.js";
import type { ChannelCase, ChannelCaseBench } from "./channel-subject.js";
import { check, checkFrame, countedSignal, hush, moment, pattern, refused } from "./check.js";

const LENGTHS = [0, 1, 125, 126, 255, 256, 65_535, 65_536, 1_048_576];

const mixedFrames: readonly Frame[] = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0 ? pattern(i * 37, i) : `frame ${i} \u00e9\u4e2d\u{1f6c2} ${"x".repeat(i * 11)}`,
);

const sendAll = async ({ a, b, soon }: ChannelCaseBench) => {
  const sending = hush(Promise.all(mixedFrames.map((frame) => a.send(frame))));
  for (const [i, frame] of mixedFrames.entries()) {
    checkFrame(await soon("a frame", b.receive()), frame, `frame ${i}`);
  }
  await soon("all to be sent", sending);
};

/** What must hold of every channel, from either end. */
export const CHANNEL_CASES: readonly ChannelCase[] = [
  { name: "frames come in order, text as text and bytes as bytes", run: sendAll },
  { name: "bytes that come in pieces make whole frames", delivery: "split", run: sendAll },
  { name: "frames that come together are taken apart", delivery: "merged", run: sendAll },
  {
    name: "frames of every length are carried whole",
    async run({ a, b, soon }) {
      for (const length of LENGTHS) {
        for (const frame of [pattern(length, length), "\u00e9".repeat(length / 2)]) {
          const sent = a.send(frame);
          checkFrame(await soon("a frame", b.receive()), frame, `a frame of ${length} bytes`);
          await soon("the frame to be sent", sent);
        }
      }
    },
  },
  {
    name: "a frame is taken as it is when it is given",
    async run({ a, b, soon }) {
      const given = pattern(4_096, 1);
      const sent = a.send(given);
      given.fill(0xee);
      checkFrame(await soon("a frame", b.receive()), pattern(4_096, 1), "the frame that was given");
      await soon("the frame to be sent", sent);
    },
  },
  {
    name: "there is one reader at a time",
    async run({ a, b, soon }) {
      const first = b.receive();
      await soon("a refusal", refused("a second reader", b.receive(), "TRANSPORT_BUSY"));
      await soon("the frame to be sent", a.send("one"));
      checkFrame(await soon("the frame", first), "one", "the first reader's frame");
    },
  },
  {
    name: "a signal that has fired stops a frame from going out and from being read",
    async run({ a, b, soon }) {
      const { signal, abort } = countedSignal();
      abort("enough");
      const error = await refused("send", a.send("never", { signal }), "TRANSPORT_ABORTED");
      check(error.cause === "enough", "the signal's reason as the cause");
      await refused("receive", b.receive({ signal }), "TRANSPORT_ABORTED");
      await soon("the frame to be sent", a.send("first"));
      checkFrame(await soon("a frame", b.receive()), "first", "the first frame that was sent");
    },
  },
  {
    name: "a signal ends the wait of a reader and no frame is lost to it",
    async run({ a, b, soon }) {
      const { signal, abort, listeners } = countedSignal();
      const waiting = refused("receive", b.receive({ signal }), "TRANSPORT_ABORTED");
      await moment();
      abort();
      await soon("the end of the wait", waiting);
      check(listeners() === 0, "no listener left on the signal");
      await soon("the frame to be sent", a.send("kept"));
      checkFrame(await soon("a frame", b.receive()), "kept", "the frame after the wait");
    },
  },
  {
    name: "close tells both ends who, how and why, after all that was sent",
    async run({ a, b, from, soon, wireCode }) {
      void a.send("first");
      void a.send(pattern(70_000, 2));
      const mine = await soon("our close", a.close(4_401, "INVALID_CLIENT_ID"));
      const theirs = await soon("the peer's end", readToEnd(b, ["first", pattern(70_000, 2)]));
      const code = wireCode(from, 4_401);
      checkClose(mine, { by: "us", code, reason: "INVALID_CLIENT_ID" });
      checkClose(theirs, { by: "peer", code, reason: "INVALID_CLIENT_ID" });
      checkClose(await soon("a second close", a.close(1_000, "again")), mine);
    },
  },
  {
    name: "registered close codes arrive as they go out",
    async run({ a, b, from, soon, wireCode }) {
      const code = wireCode(from, 1_008);
      checkClose(await soon("our close", a.close(1_008, "why")), { by: "us", code, reason: "why" });
      checkClose(await soon("the end", b.closed), { by: "peer", code, reason: "why" });
    },
  },
  {
    name: "a long close reason is cut between characters",
    async run({ a, b, soon }) {
      const reason = `${"x".repeat(CLOSE_REASON_BYTES - 2)}\u4e2d\u4e2d`;
      const cut = "x".repeat(CLOSE_REASON_BYTES - 2);
      await soon("our close", a.close(1_000, reason));
      checkClose(await soon("the end", b.closed), { by: "peer", code: 1_000, reason: cut });
    },
  },
  {
    name: "a close code that may not be sent is refused and does no harm",
    async run({ a, b, soon }) {
      for (const code of [999, 1_004, 1_005, 1_006, 1_015, 2_999, 5_000, 1_000.5]) {
        await soon("a refusal", refused(`code ${code}`, a.close(code), "CLOSE_CODE_INVALID"));
      }
      await soon("the frame to be sent", a.send("still here"));
      checkFrame(await soon("a frame", b.receive()), "still here", "a frame after the refusals");
    },
  },
  {
    name: "both ends may close at once",
    async run({ a, b, soon }) {
      const both = Promise.all([a.close(1_000, "a"), b.close(1_000, "b")]);
      for (const { code } of await soon("both to end", both)) {
        check(code === 1_000, `code 1000, found ${code}`);
      }
    },
  },
  {
    name: "after the end nothing is sent and nothing more is read, at either end",
    async run({ a, b, soon }) {
      const waiting = [a.receive(), b.receive()];
      await soon("our close", a.close());
      await soon("the peer's end", b.closed);
      for (const end of await soon("both readers to end", Promise.all(waiting))) {
        check(end === undefined, "an end of what can be read");
      }
      for (const channel of [a, b]) {
        await soon("a refusal", refused("send", channel.send("late"), "TRANSPORT_CLOSED"));
        check((await soon("an end", channel.receive())) === undefined, "an end that stays");
      }
    },
  },
  {
    name: "a line that breaks is lost at both ends",
    async run({ a, b, bench, soon }) {
      if (!bench.cut) return;
      const waiting = b.receive();
      await bench.cut();
      for (const closed of [a.closed, b.closed]) {
        const { by, code } = await soon("an end", closed);
        check(by === "lost" && code === 1_006, `a line lost with 1006, found ${by} ${code}`);
      }
      check((await soon("the reader to end", waiting)) === undefined, "an end of what can be read");
    },
  },
  {
    name: "a loop over frames ends with the channel and not before",
    async run({ a, b, soon }) {
      await soon(
        "frames to be sent",
        Promise.all(["one", "two", "three"].map((text) => a.send(text))),
      );
      for await (const frame of b) {
        checkFrame(frame, "one", "the first frame");
        break;
      }
      const rest: Frame[] = [];
      void a.close();
      const reading = hush(
        (async () => {
          for await (const frame of b) rest.push(frame);
        })(),
      );
      await soon("the loop to end", reading);
      check(rest.join() === "two,three", `the other two frames, found ${rest.length}`);
    },
  },
  { name: "who does not read holds the sender back, or ends", run: pressureCase },
  {
    name: "ten thousand frames leave nothing behind",
    async run({ a, b, bench, soon, frames }) {
      const { signal, listeners } = countedSignal();
      const before = bench.resources?.();
      const work = (async () => {
        for (let i = 0; i < frames; i++) {
          const sent = a.send(`frame ${i}`, { signal });
          checkFrame(await b.receive({ signal }), `frame ${i}`, `frame ${i}`);
          await sent;
        }
      })();
      await soon("all frames", work);
      check(listeners() === 0, `no listener left on the signal, found ${listeners()}`);
      check(bench.resources?.() === before, "as many listeners as before");
    },
  },
];

/** Unread bytes at which a sender must have been stopped: buffers of sockets may hold much. */
const MOST_UNREAD = 96 * 1024 * 1024;
const CHUNK = 256 * 1024;

async function pressureCase({ a, b, to, soon, holds }: ChannelCaseBench): Promise<void> {
  const chunk = pattern(CHUNK, 3);
  let sent = 0;
  let stopped = false;
  const sendOn = (async () => {
    while (sent < MOST_UNREAD / CHUNK && !stopped) {
      await a.send(chunk);
      sent++;
    }
  })().catch((error: unknown) => error);
  if (!holds(to)) {
    const { by } = await soon("the end of who does not read", b.closed);
    check(by === "us", `an end by the one that does not read, found ${by}`);
    await soon("the sender to end", sendOn);
    return;
  }
  // Two looks without progress in between: the sender is held.
  for (let seen = -1; seen !== sent; ) {
    seen = sent;
    await moment(200);
  }
  check(
    sent < MOST_UNREAD / CHUNK,
    `a sender that waits, found ${sent * CHUNK} bytes taken unread`,
  );
  stopped = true;
  // One more was handed over and waits.
  for (let left = sent + 1; left > 0; left--) {
    const frame = await soon("a frame that was held back", b.receive());
    check(frame?.length === CHUNK, "each frame whole");
  }
  const failure = await soon("the sender to go on", sendOn);
  if (failure) throw failure;
}

const readToEnd = async (channel: Channel, expected: readonly Frame[]): Promise<CloseInfo> => {
  for (const frame of expected)
    checkFrame(await channel.receive(), frame, "a frame before the end");
  check((await channel.receive()) === undefined, "an end after the frames");
  return channel.closed;
};

const checkClose = (found: CloseInfo, expected: CloseInfo): void =>
  check(
    found.by === expected.by && found.code === expected.code && found.reason === expected.reason,
    `a close by ${expected.by} ${expected.code} "${expected.reason}", found by ${found.by} ${found.code} "${found.reason}"`,
  );
