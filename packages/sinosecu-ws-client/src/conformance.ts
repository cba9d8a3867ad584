import type { Channel, Clock } from "./channel.js";
import { ask, encodeQuestions, type Question } from "./client-message.js";
import { SinosecuError } from "./errors.js";
import { frameText } from "./frame-text.js";
import { Base64Image } from "./messages/base64-image.js";
import { DeviceName } from "./messages/device-name.js";
import { DeviceSerialNo } from "./messages/device-serial-no.js";
import { type Item, readEnvelope, sameWord } from "./messages/envelope.js";
import { IfEnableCallback } from "./messages/if-enable-callback.js";
import { IfNotifyCardDetected } from "./messages/if-notify-card-detected.js";
import { OnLineStatus } from "./messages/online-status.js";
import { Trigger } from "./messages/trigger.js";
import { WebConstant } from "./messages/web-constant.js";
import { EXCHANGES, SWITCHES } from "./registry.js";
import { decodeServiceMessage } from "./service-message.js";

/** A background service to be checked: the real one, a simulator, somebody's own. */
export interface ServiceUnderTest {
  open(): Promise<Channel>;
  readonly clock: Clock;
  /** How long an answer may take, in milliseconds. Default 5 s. */
  readonly timeoutMs?: number;
  /** Hands that lay a document on the reader and take it away; without them those cases are left out. */
  readonly hands?: { lay(): void; takeAway(): void };
}

/** One case; it rejects with `CONFORMANCE` and what was expected. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

interface Client {
  send(text: string): Promise<void>;
  /** The next message that fits; the others before it are passed over. */
  next(what: string, fits: (text: string) => boolean): Promise<string>;
  /** The reply to a question, sent now. */
  reply(question: Question): Promise<Item>;
}

const fail = (expected: string): never => {
  throw new SinosecuError("CONFORMANCE", `expected ${expected}`);
};

const within = <T>(promise: Promise<T>, what: string, service: ServiceUnderTest): Promise<T> =>
  new Promise((resolve, reject) => {
    const ms = service.timeoutMs ?? 5_000;
    const late = new SinosecuError("CONFORMANCE", `expected ${what} in ${ms} ms, found nothing`);
    const cancel = service.clock.schedule(ms, () => reject(late));
    promise.then(resolve, reject).finally(cancel);
  });

const using = async (
  service: ServiceUnderTest,
  use: (client: Client) => Promise<void>,
): Promise<void> => {
  const channel = await service.open();
  const next: Client["next"] = (what, fits) => {
    const search = async (): Promise<string> => {
      for (;;) {
        const frame = await channel.receive();
        if (frame === undefined) return fail(`${what}, found the end of the connection`);
        const text = frameText(frame);
        if (fits(text)) return text;
      }
    };
    return within(search(), what, service);
  };
  try {
    await use({
      send: (text) => channel.send(text),
      next,
      async reply(question) {
        await channel.send(encodeQuestions([question]));
        const { operand } = question.exchange;
        const text = await next(
          `a reply to ${operand}`,
          (one) => readEnvelope(one).type === "Reply",
        );
        return readEnvelope(text).items[0]!;
      },
    });
  } finally {
    await channel.close(1000, "");
  }
};

const expectReply = (item: Item, { exchange }: Question): void => {
  const names = [exchange.operand, ...exchange.replyAliases];
  if (
    !sameWord(item.command, exchange.command) ||
    !names.some((name) => sameWord(name, item.operand))
  ) {
    fail(`the command and operand of ${exchange.command} ${exchange.operand} in its reply`);
  }
  if (item.succeeded === undefined) fail(`Succeeded Y or N in the reply to ${exchange.operand}`);
};

const expectSuccess = (item: Item, question: Question): void => {
  expectReply(item, question);
  if (!item.succeeded) fail(`${question.exchange.operand} to succeed`);
};

/** What every service must do, as the manual says it; the manual's section stands before each name. */
export const serviceCases = (service: ServiceUnderTest): readonly ConformanceCase[] => {
  const make = (name: string, use: (client: Client) => Promise<void>): ConformanceCase => ({
    name,
    run: () => using(service, use),
  });
  return [
    ...EXCHANGES.filter(({ section }) => section?.startsWith("4.2")).map((exchange) =>
      make(`${exchange.section} answers Get ${exchange.operand}`, async ({ reply }) => {
        const question = { exchange, param: undefined } as Question;
        expectReply(await reply(question), question);
      }),
    ),
    ...Object.values(SWITCHES)
      .filter(({ source }) => source === "manual 1.0.2")
      .map((exchange) =>
        make(
          `${exchange.section} takes True and False for ${exchange.operand}`,
          async ({ reply }) => {
            for (const on of [true, false]) {
              const question = ask(exchange, on) as Question;
              expectSuccess(await reply(question), question);
            }
          },
        ),
      ),
    make("4.5 refuses an image mask beyond five bits", async ({ send, next }) => {
      const wrong = { Type: "Request", Command: "Get", Operand: "Base64Image", Param: 32 };
      await send(JSON.stringify(wrong));
      const text = await next(
        "a reply to Base64Image",
        (one) => readEnvelope(one).type === "Reply",
      );
      if (readEnvelope(text).items[0]!.succeeded) fail(`${Base64Image.operand} 32 to be refused`);
    }),
    make("4.6 gives a sentence by its id", async ({ reply }) => {
      const question = ask(WebConstant, "DeviceConnected") as Question;
      const item = await reply(question);
      expectSuccess(item, question);
      if (typeof item.result !== "string" || item.result === "") fail("a sentence as Result");
    }),
    make("4.1.2 refuses a command that does not exist", async ({ send, next }) => {
      await send(JSON.stringify({ Type: "Request", Command: "Get", Operand: "NoSuchOperand" }));
      const text = await next("a reply", (one) => readEnvelope(one).type === "Reply");
      if (readEnvelope(text).items[0]!.succeeded) fail("an unknown operand to be refused");
    }),
    make("5.6 answers every command of a batch", async ({ send, next }) => {
      const questions = [ask(OnLineStatus), ask(DeviceName), ask(DeviceSerialNo)] as const;
      await send(encodeQuestions(questions));
      const missing = new Set<string>(questions.map(({ exchange }) => exchange.operand));
      while (missing.size > 0) {
        const text = await next("replies", (one) => readEnvelope(one).type === "Reply");
        for (const { operand } of readEnvelope(text).items) {
          for (const name of missing) if (sameWord(name, operand)) missing.delete(name);
        }
      }
    }),
    ...(service.hands ? handCases(make, service.hands) : []),
  ];
};

const kindOf = (text: string): string => decodeServiceMessage(text).kind;

const handCases = (
  make: (name: string, use: (client: Client) => Promise<void>) => ConformanceCase,
  hands: NonNullable<ServiceUnderTest["hands"]>,
): ConformanceCase[] => {
  const watch = async ({ reply }: Client): Promise<void> => {
    for (const exchange of [IfEnableCallback, IfNotifyCardDetected]) {
      const question = ask(exchange, true) as Question;
      expectSuccess(await reply(question), question);
    }
  };
  return [
    make("4.4 tells of a document from laying it down to taking it away", async (client) => {
      await watch(client);
      hands.lay();
      for (const kind of ["card-detected", "card-content-text", "images"]) {
        await client.next(kind, (text) => kindOf(text) === kind);
      }
      hands.takeAway();
      await client.next("card-takenaway", (text) => kindOf(text) === "card-takenaway");
    }),
    make("4.3.11 reads what lies there when triggered", async (client) => {
      await watch(client);
      hands.lay();
      await client.next("a text", (text) => kindOf(text) === "card-content-text");
      await client.next("images", (text) => kindOf(text) === "images");
      await client.send(Trigger.codec.encode(2));
      await client.next("a second text", (text) => kindOf(text) === "card-content-text");
      hands.takeAway();
    }),
  ];
};
