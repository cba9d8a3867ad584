import { SinosecuError } from "./errors.js";
import {
  type Item,
  readEnvelope,
  sameWord,
  writeBatch,
  writeMessage,
} from "./messages/envelope.js";
import { type AnyExchange, decodeParam, type Exchange, requestItem } from "./messages/exchange.js";
import { decodeNotification, type Notification } from "./messages/notification.js";
import { CLIENT_NOTIFICATIONS, EXCHANGES } from "./registry.js";

/** One question with its parameter. */
export interface Question<P = unknown, R = unknown> {
  readonly exchange: Exchange<P, R>;
  readonly param: P;
}

/** Joins a question's kind and parameter, with their types checked against each other. */
export const ask = <P, R>(
  exchange: Exchange<P, R>,
  ...param: P extends undefined ? [] : [P]
): Question<P, R> => ({ exchange, param: param[0] as P });

/** A question as a service reads it: it may be one that it does not know or cannot take. */
export type ReceivedQuestion =
  | { readonly known: true; readonly question: Question; readonly item: Item }
  | { readonly known: false; readonly item: Item; readonly problem: SinosecuError };

type ClientNotificationValue = {
  [N in (typeof CLIENT_NOTIFICATIONS)[number] as N["kind"]]: N extends Notification<
    infer K,
    infer T
  >
    ? { readonly kind: K; readonly value: T }
    : never;
};

/** What a client sends, as a service reads it. */
export type ClientMessage =
  | {
      readonly kind: "questions";
      readonly batch: boolean;
      readonly questions: readonly ReceivedQuestion[];
    }
  | ClientNotificationValue[keyof ClientNotificationValue]
  | { readonly kind: "unknown"; readonly item: Item };

/** Writes one question as a Request, or several as a batch (manual, 5.6). */
export const encodeQuestions = (questions: readonly Question[]): string => {
  const items = questions.map(({ exchange, param }) => requestItem(exchange, param));
  return items.length === 1 ? writeMessage("Request", items[0]!) : writeBatch("Request", items);
};

/**
 * Reads any message of a client. One question of a batch that cannot be understood does not spoil the
 * others.
 *
 * @throws SinosecuError where the message as a whole cannot be read.
 */
export const decodeClientMessage = (text: string): ClientMessage => {
  const envelope = readEnvelope(text);
  if (envelope.type === "Request") {
    return {
      kind: "questions",
      batch: envelope.batch,
      questions: envelope.items.map(readQuestion),
    };
  }
  const item = envelope.items[0];
  if (envelope.type !== "Notify" || envelope.batch || item === undefined) {
    throw new SinosecuError(
      "MESSAGE_INVALID",
      "expected a Request or a single Notify from a client, found another message",
    );
  }
  const notice = CLIENT_NOTIFICATIONS.find(
    ({ command, operand }) => sameWord(command, item.command) && sameWord(operand, item.operand),
  ) as Notification | undefined;
  if (notice === undefined) return { kind: "unknown", item };
  return { kind: notice.kind, value: decodeNotification(notice, item) } as ClientMessage;
};

const readQuestion = (item: Item): ReceivedQuestion => {
  const exchange = findExchange(item);
  if (exchange === undefined) {
    const problem = new SinosecuError("PARAM_INVALID", "expected a known command and operand");
    return { known: false, item, problem };
  }
  try {
    return { known: true, question: { exchange, param: decodeParam(exchange, item) }, item };
  } catch (problem) {
    return { known: false, item, problem: problem as SinosecuError };
  }
};

const findExchange = ({ command, operand }: Item): Exchange | undefined =>
  (EXCHANGES as readonly AnyExchange[]).find(
    (candidate) => sameWord(candidate.command, command) && sameWord(candidate.operand, operand),
  ) as Exchange | undefined;
