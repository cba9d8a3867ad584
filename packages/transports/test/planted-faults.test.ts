import { describe, expect, test } from "vitest";
import {
  type ApduBench,
  type ApduTransportUnderTest,
  apduTransportCases,
  type ChannelUnderTest,
  type ConformanceCase,
  channelCases,
} from "../src/conformance/index.js";
import {
  type ApduTransport,
  type Channel,
  createChannelPair,
  createMemoryTransport,
} from "../src/index.js";

/** A sound transport with one thing replaced. */
const faulty = (
  plant: (sound: ReturnType<typeof createMemoryTransport>) => Partial<ApduTransport>,
  limits: ApduTransportUnderTest["limits"] = {},
): readonly ConformanceCase[] =>
  apduTransportCases({
    limits,
    exchanges: 50,
    patienceMs: 300,
    async open(receive): Promise<ApduBench> {
      const sound = createMemoryTransport(receive);
      const { transceive, close, onCard } = sound;
      const base: ApduTransport = {
        transceive,
        close,
        onCard,
        get card() {
          return sound.card;
        },
        get closed() {
          return sound.closed;
        },
      };
      return {
        transport: Object.assign(Object.create(base), plant(sound)) as ApduTransport,
        removeCard: () => sound.remove(),
        insertCard: () => sound.insert(),
        stop: () => sound.close(),
      };
    },
  });

/** A sound pair of ends with one thing replaced at both. */
const faultyChannel = (
  plant: (sound: Channel) => Partial<Channel>,
  options?: Parameters<typeof createChannelPair>[0],
): readonly ConformanceCase[] =>
  channelCases({
    exchanges: 50,
    patienceMs: 1_000,
    async open() {
      const pair = createChannelPair(options);
      return {
        left: { ...pair.left, ...plant(pair.left) },
        right: { ...pair.right, ...plant(pair.right) },
        cut: pair.cut,
        async stop() {
          await pair.left.close();
        },
      };
    },
  } satisfies ChannelUnderTest);

/** Names of the cases that fail, of those that are asked for. */
const failing = async (cases: readonly ConformanceCase[], only?: string): Promise<string[]> => {
  const names: string[] = [];
  for (const { name, run } of cases) {
    if (only !== undefined && name !== only) continue;
    await run().catch(() => names.push(name));
  }
  return names;
};

interface PlantedFault {
  readonly fault: string;
  readonly cases: readonly ConformanceCase[];
  /** The case that must catch it; others may too. */
  readonly caughtBy: string;
}

const FAULTS: readonly PlantedFault[] = [
  {
    fault: "an answer is cut after 256 bytes and a status word",
    caughtBy: "answers of every length are carried whole",
    cases: faulty((sound) => ({
      transceive: async (command, options) =>
        (await sound.transceive(command, options)).subarray(0, 258),
    })),
  },
  {
    fault: "a second exchange waits in a queue and is not refused",
    caughtBy: "a second exchange is refused while one runs",
    cases: faulty((sound) => {
      let last: Promise<unknown> = Promise.resolve();
      return {
        transceive(command, options) {
          const next = last.then(() => sound.transceive(command, options));
          last = next.catch(() => {});
          return next;
        },
      };
    }),
  },
  {
    fault: "a signal that has fired is not looked at",
    caughtBy: "a signal that has fired stops the command from going out",
    cases: faulty((sound) => ({
      transceive: (command, options) =>
        sound.transceive(command, options?.signal?.aborted ? {} : options),
    })),
  },
  {
    fault: "the late answer of an aborted exchange is given to the next",
    caughtBy: "a signal ends the wait, and the late answer is nobody's",
    cases: faulty((sound) => {
      let running: Promise<Uint8Array> | undefined;
      return {
        transceive(command, { signal } = {}) {
          // Waits for whatever comes next on the line, as a naive reader of a socket does.
          running ??= sound.transceive(command).finally(() => {
            running = undefined;
          });
          const answer = running;
          return new Promise((resolve, reject) => {
            const abort = () => sound.transceive(command, { signal: signal! }).catch(reject);
            signal?.addEventListener("abort", abort, { once: true });
            answer.then(resolve, reject).finally(() => signal?.removeEventListener("abort", abort));
          });
        },
      };
    }),
  },
  {
    fault: "a listener stays on the signal after each exchange",
    caughtBy: "ten thousand exchanges leave nothing behind",
    cases: faulty((sound) => ({
      transceive(command, options) {
        options?.signal?.addEventListener("abort", () => {});
        return sound.transceive(command, options);
      },
    })),
  },
  {
    fault: "close lets a running exchange hang",
    caughtBy: "close ends what runs and refuses what comes",
    cases: faulty(() => ({ close: async () => {} })),
  },
  {
    fault: "all answers share one buffer",
    caughtBy: "an answer belongs to the caller",
    cases: faulty((sound) => {
      const shared = new Uint8Array(65_537);
      return {
        async transceive(command, options) {
          const answer = await sound.transceive(command, options);
          shared.set(answer);
          return shared.subarray(0, answer.length);
        },
      };
    }),
  },
  {
    fault: "the command is read from the caller's buffer later",
    caughtBy: "a command is taken as it is when it is given",
    cases: faulty((sound) => ({
      async transceive(command, options) {
        await Promise.resolve();
        return sound.transceive(command, options);
      },
    })),
  },
  {
    fault: "a command that is too long is cut",
    caughtBy: "a command that does not fit is refused and does no harm",
    cases: faulty(
      (sound) => ({
        transceive: (command, options) => sound.transceive(command.subarray(0, 1_000), options),
      }),
      { maxCommand: 1_000 },
    ),
  },
  {
    fault: "nobody is told that the card is back",
    caughtBy: "a card that is taken away is missed, and welcome again",
    cases: faulty((sound) => ({
      onCard: (listener) => sound.onCard((card) => (card ? undefined : listener(card))),
    })),
  },
  {
    fault: "the end of a subscription ends nothing",
    caughtBy: "a card that is taken away is missed, and welcome again",
    cases: faulty((sound) => ({
      onCard(listener) {
        sound.onCard(listener);
        return () => {};
      },
    })),
  },
  {
    fault: "text comes out as bytes",
    caughtBy: "frames come in order, text as text and bytes as bytes, from left",
    cases: faultyChannel((sound) => ({
      send: (frame, options) =>
        sound.send(typeof frame === "string" ? new TextEncoder().encode(frame) : frame, options),
    })),
  },
  {
    fault: "two frames that come together change places",
    caughtBy: "frames come in order, text as text and bytes as bytes, from left",
    cases: faultyChannel((sound) => {
      let count = 0;
      return {
        async send(frame, options) {
          if (count++ % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
          return sound.send(frame, options);
        },
      };
    }),
  },
  {
    fault: "a frame is lost to a reader that has given up",
    caughtBy: "a signal ends the wait of a reader and no frame is lost to it, from left",
    cases: faultyChannel((sound) => {
      let forgotten: Promise<unknown> | undefined;
      return {
        async receive({ signal } = {}) {
          await forgotten;
          const frame = sound.receive();
          if (!signal) return frame;
          return new Promise((resolve, reject) => {
            signal.addEventListener("abort", () => {
              forgotten = frame;
              sound.receive({ signal }).catch(reject);
              reject(Object.assign(new Error("aborted"), { code: "TRANSPORT_ABORTED" }));
            });
            frame.then(resolve, reject);
          });
        },
      };
    }),
  },
  {
    fault: "who sends is never held back",
    caughtBy: "who does not read holds the sender back, or ends, from left",
    cases: faultyChannel(() => ({}), { highWater: 1e9 }),
  },
  {
    fault: "the end comes before what was sent",
    caughtBy: "close tells both ends who, how and why, after all that was sent, from left",
    cases: faultyChannel((sound) => {
      let over = false;
      void sound.closed.then(() => {
        over = true;
      });
      return { receive: async (options) => (over ? undefined : sound.receive(options)) };
    }),
  },
  {
    fault: "a close reason loses more than it must",
    caughtBy: "a long close reason is cut between characters, from left",
    cases: faultyChannel((sound) => ({
      close: (code, reason = "") => sound.close(code, reason.slice(0, 100)),
    })),
  },
  {
    fault: "each frame leaves a listener on the signal",
    caughtBy: "ten thousand frames leave nothing behind, from left",
    cases: faultyChannel((sound) => ({
      send(frame, options) {
        options?.signal?.addEventListener("abort", () => {});
        return sound.send(frame, options);
      },
    })),
  },
];

describe("the conformance suite catches", () => {
  for (const { fault, cases, caughtBy } of FAULTS) {
    test(fault, async () => {
      expect(await failing(cases, caughtBy)).toEqual([caughtBy]);
    });
  }

  test("nothing in a sound transport and a sound channel", async () => {
    expect(await failing(faulty(() => ({})))).toEqual([]);
    expect(await failing(faultyChannel(() => ({})))).toEqual([]);
  });
});
