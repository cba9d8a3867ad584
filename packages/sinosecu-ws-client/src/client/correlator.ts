import { encodeQuestions, type Question } from "../client-message.js";
import { SinosecuError } from "../errors.js";
import { LIMITS } from "../limits.js";
import type { Item } from "../messages/envelope.js";
import { decodeReply } from "../messages/exchange.js";
import { type ImageEntry, kindsOf } from "../messages/image-kinds.js";
import { type Outcome, outcomeOf } from "./outcome.js";
import { type Awaited, answers, keyOf, type PendingRequest } from "./pending.js";

/** A request that is over, with an outcome for each of its questions. */
export interface Settled {
  readonly id: number;
  readonly outcomes: readonly Outcome[];
}

export interface CorrelatorStep {
  readonly send: readonly string[];
  readonly settled: readonly Settled[];
  /** Every question that has its outcome, also where others of its request have not. */
  readonly answered: readonly { readonly question: Question; readonly outcome: Outcome }[];
  readonly problems: readonly SinosecuError[];
}

/** What became of images that came as a notification. */
export type ImagesFate = "answer" | "echo" | "news";

/**
 * Finds out which question a reply answers, in a protocol without request numbers: the oldest of the
 * same command and operand. So that this is never wrong, no two of the same are under way: the later
 * waits until the earlier is answered, or given up and its answer can hardly come any more.
 */
export const createCorrelator = ({ graceMs }: { graceMs: number }) => {
  let queue: PendingRequest[] = [];
  let awaited: Awaited[] = [];
  let echoes: { readonly images: readonly ImageEntry[]; readonly until: number }[] = [];
  let settled: Settled[] = [];
  let answered: { question: Question; outcome: Outcome }[] = [];
  let problems: SinosecuError[] = [];
  let send: string[] = [];

  const finish = (pending: PendingRequest): void => {
    if (pending.outcomes.some((outcome) => outcome === undefined)) return;
    settled.push({ id: pending.id, outcomes: pending.outcomes as Outcome[] });
  };

  const resolve = (one: Awaited, outcome: Outcome): void => {
    if (one.request === undefined) return;
    const { pending, index } = one.request;
    pending.outcomes[index] = outcome;
    answered.push({ question: one.question, outcome });
    delete one.request;
    finish(pending);
  };

  const remove = (one: Awaited): void => {
    awaited = awaited.filter((other) => other !== one);
  };

  /** Sends what may be sent: nothing overtakes a question of its own kind. */
  const pump = (open: boolean): void => {
    if (!open) return;
    const busy = new Set(
      awaited.filter(({ orphan }) => orphan !== "answered").map(({ key }) => key),
    );
    const waiting: PendingRequest[] = [];
    for (const pending of queue) {
      const keys = pending.questions.map(keyOf);
      if (keys.some((key) => busy.has(key))) waiting.push(pending);
      else dispatch(pending, keys);
      for (const key of keys) busy.add(key);
    }
    queue = waiting;
  };

  const dispatch = (pending: PendingRequest, keys: readonly string[]): void => {
    send.push(encodeQuestions(pending.questions));
    pending.questions.forEach((question, index) => {
      awaited.push({
        question,
        key: keys[index]!,
        request: { pending, index },
        until: pending.deadline,
        imagesPromised: false,
      });
    });
  };

  const giveUp = (pending: PendingRequest, error: SinosecuError, now: number): void => {
    for (const one of awaited) {
      if (one.request?.pending !== pending) continue;
      delete one.request;
      one.orphan = "given-up";
      one.until = now + graceMs;
    }
    pending.outcomes.forEach((outcome, index) => {
      if (outcome !== undefined) return;
      const failed = { ok: false, error } as const;
      pending.outcomes[index] = failed;
      answered.push({ question: pending.questions[index]!, outcome: failed });
    });
    queue = queue.filter((other) => other !== pending);
    finish(pending);
  };

  const open = (): PendingRequest[] => [
    ...new Set([...awaited.flatMap(({ request }) => request?.pending ?? []), ...queue]),
  ];

  const reply = (item: Item, now: number): void => {
    const fitting = awaited.filter(({ question }) => answers(item, question));
    // Answers come in the order of the questions. A question that images have answered is still owed
    // its reply, unless the reply says no: then it is the next one's.
    const refused = item.succeeded !== true;
    const one =
      (refused ? fitting.find(({ orphan }) => orphan !== "answered") : undefined) ?? fitting[0];
    if (one === undefined) {
      problems.push(
        new SinosecuError("REPLY_UNEXPECTED", "expected no reply of this kind, found one"),
      );
      return;
    }
    if (one.orphan !== undefined) {
      remove(one);
      if (one.orphan === "given-up") {
        problems.push(
          new SinosecuError("REPLY_LATE", "expected the reply in time, found it after that"),
        );
      }
      return;
    }
    const { exchange } = one.question;
    let outcome: Outcome;
    try {
      outcome = outcomeOf(exchange, decodeReply(exchange as never, item));
    } catch (error) {
      outcome = { ok: false, error: error as SinosecuError };
    }
    if (exchange.operand === "Base64Image" && outcome.ok) {
      const images = outcome.result as readonly ImageEntry[];
      if (images.length === 0) {
        one.imagesPromised = true;
        return;
      }
      echoes.push({ images, until: now + graceMs });
    }
    remove(one);
    resolve(one, outcome);
  };

  return {
    /** @throws SinosecuError where a parameter is not one that its command takes, or too many are open. */
    check(questions: readonly Question[]): void {
      encodeQuestions(questions);
      if (open().length < LIMITS.requests) return;
      throw new SinosecuError("PARAM_INVALID", `expected at most ${LIMITS.requests} open requests`);
    },

    add(id: number, questions: readonly Question[], now: number, timeoutMs: number): void {
      queue.push({
        id,
        questions,
        outcomes: questions.map(() => undefined),
        deadline: now + timeoutMs,
        timeoutMs,
      });
    },

    receive(items: readonly Item[], now: number): void {
      for (const item of items) reply(item, now);
    },

    /**
     * Images that came as a notification: the answer to an open Base64Image, a repetition of one, or
     * news of a document.
     */
    images(images: readonly ImageEntry[], now: number): ImagesFate {
      const echo = echoes.find((one) => sameImages(one.images, images));
      if (echo) {
        echoes = echoes.filter((one) => one !== echo);
        return "echo";
      }
      const one = awaited.find(
        ({ request, question }) =>
          request !== undefined &&
          question.exchange.operand === "Base64Image" &&
          isAskedFor(question.param as number | undefined, images),
      );
      if (one === undefined) return "news";
      resolve(one, { ok: true, result: images });
      if (one.imagesPromised) remove(one);
      else {
        one.orphan = "answered";
        one.until = now + graceMs;
      }
      return "answer";
    },

    abort(id: number, error: SinosecuError, now: number): void {
      const pending = open().find((one) => one.id === id);
      if (pending) giveUp(pending, error, now);
    },

    /** Ends everything that was sent; what was not sent yet stays unless `all`. */
    fail(error: SinosecuError, now: number, all: boolean): void {
      for (const pending of open()) {
        if (all || !queue.includes(pending)) giveUp(pending, error, now);
      }
      awaited = [];
      echoes = [];
    },

    /** Gives up what is overdue, sends what may be sent, and hands over what has come of it. */
    step(now: number, isOpen: boolean): CorrelatorStep {
      for (const pending of open()) {
        if (pending.deadline <= now) giveUp(pending, timeoutOf(pending), now);
      }
      awaited = awaited.filter(({ orphan, until }) => orphan === undefined || until > now);
      echoes = echoes.filter(({ until }) => until > now);
      pump(isOpen);
      const step = { send, settled, answered, problems };
      [send, settled, answered, problems] = [[], [], [], []];
      return step;
    },

    /** When `step` has something to do, if nothing comes before. */
    wakeAt(): number | undefined {
      const times = [
        ...open().map(({ deadline }) => deadline),
        ...awaited.filter(({ orphan }) => orphan !== undefined).map(({ until }) => until),
      ];
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
};

export type Correlator = ReturnType<typeof createCorrelator>;

const timeoutOf = ({ questions, timeoutMs }: PendingRequest): SinosecuError => {
  const { command, operand } = questions[0]!.exchange;
  return new SinosecuError(
    "REQUEST_TIMEOUT",
    `expected an answer to ${command} ${operand} in ${timeoutMs} ms, found none`,
  );
};

const sameImages = (a: readonly ImageEntry[], b: readonly ImageEntry[]): boolean =>
  a.length === b.length &&
  a.every(({ kind, data }) => b.some((other) => other.kind === kind && other.data === data));

/** Only what was asked for is an answer; more than that is news. */
const isAskedFor = (mask: number | undefined, images: readonly ImageEntry[]): boolean => {
  const asked: readonly string[] = kindsOf(mask ?? 31);
  return images.length > 0 && images.every(({ kind }) => asked.includes(kind));
};
