import { type ApduTransport, type CardInfo, waitForCard } from "../apdu-transport.js";
import type { ApduCase, ApduCaseBench } from "./apdu-subject.js";
import { check, checkFrame, countedSignal, hush, moment, pattern, refused } from "./check.js";
import { reversed } from "./test-card.js";

const LENGTHS = [0, 1, 2, 255, 256, 257, 4_096, 65_535];

const exchangeAll = async ({ transport, command, soon }: ApduCaseBench) => {
  for (let i = 0; i < 50; i++) {
    const sent = command(i, 5 + i * 7);
    const answer = await soon("an answer", transport.transceive(sent));
    checkFrame(answer, reversed(sent), `the answer to command ${i}`);
  }
};

/** What must hold of every APDU transport. */
export const APDU_CASES: readonly ApduCase[] = [
  { name: "each command gets its own answer, in order", run: exchangeAll },
  {
    name: "bytes that come in pieces make whole commands and answers",
    delivery: "split",
    run: exchangeAll,
  },
  {
    name: "bytes that come late and together make whole commands and answers",
    delivery: "merged",
    run: exchangeAll,
  },
  {
    name: "answers of every length are carried whole",
    async run({ transport, card, limits, command, soon }) {
      for (const length of LENGTHS) {
        if (length < limits.minResponse || length > limits.maxResponse) continue;
        card.answers = length;
        const answer = await soon("an answer", transport.transceive(command(length)));
        checkFrame(answer, pattern(length, length), `an answer of ${length} bytes`);
      }
    },
  },
  {
    name: "commands of every length reach the card whole",
    async run({ transport, card, limits, soon }) {
      card.answers = Math.max(limits.minResponse, 2);
      for (const length of LENGTHS) {
        if (length < limits.minCommand || length > (limits.maxCommand ?? 65_535)) continue;
        await soon("an answer", transport.transceive(pattern(length, length)));
        checkFrame(card.commands.at(-1), pattern(length, length), `a command of ${length} bytes`);
      }
    },
  },
  {
    name: "a command that does not fit is refused and does no harm",
    async run(caseBench) {
      const { transport, limits, soon } = caseBench;
      const lengths = [limits.minCommand - 1, (limits.maxCommand ?? -2) + 1];
      for (const length of lengths.filter((one) => one >= 0)) {
        const sent = transport.transceive(new Uint8Array(length));
        await soon("a refusal", refused(`${length} bytes`, sent, "FRAME_SIZE"));
      }
      await exchangeAll(caseBench);
    },
  },
  {
    name: "a second exchange is refused while one runs",
    async run({ transport, card, command, soon }) {
      card.answers = "held";
      const first = transport.transceive(command(1));
      await soon("the command to reach the card", card.asked(1));
      const second = transport.transceive(command(2));
      await soon("a refusal", refused("a second exchange", second, "TRANSPORT_BUSY"));
      card.answer();
      checkFrame(await soon("the answer", first), reversed(command(1)), "the first one's answer");
      check(card.commands.length === 1, "the refused command not to reach the card");
    },
  },
  {
    name: "a signal that has fired stops the command from going out",
    async run({ transport, card, command }) {
      const { signal, abort } = countedSignal();
      abort("enough");
      const sent = transport.transceive(command(1), { signal });
      const error = await refused("the exchange", sent, "TRANSPORT_ABORTED");
      check(error.cause === "enough", "the signal's reason as the cause");
      await moment(50);
      check(card.commands.length === 0, "nothing to reach the card");
    },
  },
  {
    name: "a signal ends the wait, and the late answer is nobody's",
    async run({ transport, card, command, soon }) {
      card.answers = "held";
      const { signal, abort, listeners } = countedSignal();
      const first = transport.transceive(command(1), { signal });
      await soon("the command to reach the card", card.asked(1));
      abort("enough");
      await soon("the end of the wait", refused("the exchange", first, "TRANSPORT_ABORTED"));
      check(listeners() === 0, "no listener left on the signal");
      const early = transport.transceive(command(2));
      await soon("a refusal", refused("the next", early, "TRANSPORT_BUSY"));
      card.answers = "reversed";
      card.answer();
      const next = await soon("the line to be free again", untilFree(transport, command(3)));
      checkFrame(next, reversed(command(3)), "the third command's own answer");
    },
  },
  {
    name: "close ends what runs and refuses what comes",
    async run({ transport, card, command, soon }) {
      card.answers = "held";
      const running = hush(
        refused("the exchange", transport.transceive(command(1)), "TRANSPORT_CLOSED"),
      );
      await soon("the command to reach the card", card.asked(1));
      const closed = transport.close();
      await soon("the end of the exchange", running);
      card.answer();
      await soon("close", closed);
      const late = transport.transceive(command(2));
      await soon("a refusal", refused("an exchange", late, "TRANSPORT_CLOSED"));
      await soon("a second close", transport.close());
      check(transport.card === undefined, "no card after close");
      check(transport.closed, "a transport that says it is closed");
    },
  },
  {
    name: "who waits for a card is told when none will come",
    async run({ bench, transport, soon }) {
      await soon("the card that is there", waitForCard(transport));
      // Some transports look for a card only while someone listens.
      transport.onCard(() => {});
      await bench.removeCard?.();
      const gone = (async () => {
        while (bench.removeCard && transport.card) await moment();
      })();
      await soon("word that the card is gone", gone);
      if (bench.removeCard) {
        const waiting = refused("the wait", waitForCard(transport), "TRANSPORT_CLOSED");
        await soon("close", transport.close());
        await soon("the end of the wait", waiting);
      } else await soon("close", transport.close());
      const late = refused("a wait", waitForCard(transport), "TRANSPORT_CLOSED");
      await soon("the end of a wait that comes too late", late);
    },
  },
  {
    name: "a command is taken as it is when it is given",
    async run({ transport, command, soon }) {
      const given = command(1, 64);
      const sent = new Uint8Array(given);
      const answer = transport.transceive(given);
      given.fill(0xee);
      checkFrame(await soon("an answer", answer), reversed(sent), "the answer to what was given");
    },
  },
  {
    name: "an answer belongs to the caller",
    async run({ transport, command, soon }) {
      const first = await soon("an answer", transport.transceive(command(1, 64)));
      const second = await soon("an answer", transport.transceive(command(2, 64)));
      checkFrame(first, reversed(command(1, 64)), "the first answer as it was");
      second.fill(0);
      const third = await soon("an answer", transport.transceive(command(2, 64)));
      checkFrame(third, reversed(command(2, 64)), "an answer of its own");
    },
  },
  {
    name: "ten thousand exchanges leave nothing behind",
    async run({ bench, transport, exchanges, command }) {
      const { signal, listeners } = countedSignal();
      const before = bench.resources?.();
      for (let i = 0; i < exchanges; i++) {
        await transport.transceive(command(i), { signal });
        check(listeners() === 0, `no listener on the signal after exchange ${i + 1}`);
      }
      const after = bench.resources?.();
      check(
        after === before,
        `${before} listeners as before ${exchanges} exchanges, found ${after}`,
      );
    },
  },
  {
    name: "a card that is taken away is missed, and welcome again",
    async run({ bench, transport, card, command, soon }) {
      check((transport.card?.atr.length ?? 0) > 0, "a card with an answer to reset");
      if (!bench.removeCard) return;
      const heard: (CardInfo | undefined)[] = [];
      const unsubscribe = transport.onCard((info) => heard.push(info));
      card.answers = "held";
      const running = hush(
        refused("the exchange", transport.transceive(command(1)), "CARD_REMOVED"),
      );
      await soon("the command to reach the card", card.asked(1));
      await bench.removeCard();
      await soon("the end of the exchange", running);
      await soon("word that the card is gone", told(transport, heard, false));
      const missed = transport.transceive(command(2));
      await soon("a refusal", refused("an exchange", missed, "CARD_ABSENT"));
      if (bench.insertCard) {
        card.answers = "reversed";
        await bench.insertCard();
        await soon("word that the card is back", told(transport, heard, true));
        const answer = await soon("an answer", transport.transceive(command(3)));
        checkFrame(answer, reversed(command(3)), "the answer of the card that is back");
      }
      unsubscribe();
      const count = heard.length;
      await bench.removeCard();
      await moment(50);
      check(heard.length === count, "no word after the end of the subscription");
    },
  },
];

const told = async (
  transport: ApduTransport,
  heard: readonly (CardInfo | undefined)[],
  present: boolean,
): Promise<void> => {
  const is = (card: CardInfo | undefined) => (card !== undefined) === present;
  while (heard.length === 0 || !is(heard.at(-1)) || !is(transport.card)) await moment();
};

/** Tries until the transport is no longer busy with an answer that nobody waits for. */
const untilFree = async (transport: ApduTransport, command: Uint8Array): Promise<Uint8Array> => {
  for (;;) {
    try {
      return await transport.transceive(command);
    } catch (error) {
      if ((error as { code?: string }).code !== "TRANSPORT_BUSY") throw error;
      await moment();
    }
  }
};
