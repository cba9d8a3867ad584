import type { Question } from "../client-message.js";
import type { Item } from "../messages/envelope.js";
import { sameWord } from "../messages/envelope.js";
import type { Outcome } from "./outcome.js";

/** One message of questions, from when it was asked for to when every answer is there. */
export interface PendingRequest {
  readonly id: number;
  readonly questions: readonly Question[];
  readonly outcomes: (Outcome | undefined)[];
  readonly deadline: number;
  readonly timeoutMs: number;
}

/** A question that was sent and whose answer may still come. */
export interface Awaited {
  readonly question: Question;
  readonly key: string;
  /**
   * Whom the answer is for. Without: the request was given up, or was answered another way, and the
   * answer is only waited for so that it is not taken for a later one's.
   */
  request?: { readonly pending: PendingRequest; readonly index: number };
  /** Why nobody waits: the answer may still come, or will hardly come any more. */
  orphan?: "given-up" | "answered";
  /** When an orphan is forgotten. */
  until: number;
  /** The service said Y and will send the images apart. */
  imagesPromised: boolean;
}

/** What makes two questions the same to a protocol without request numbers. */
export const keyOf = ({ exchange, param }: Question): string =>
  `${exchange.command} ${exchange.operand}${exchange.echoesParam ? ` ${JSON.stringify(param)}` : ""}`;

/** Whether a reply can be the answer to a question. An echoed parameter decides where there is one. */
export const answers = (item: Item, { exchange, param }: Question): boolean =>
  sameWord(item.command, exchange.command) &&
  [exchange.operand, ...exchange.replyAliases].some((name) => sameWord(name, item.operand)) &&
  (!exchange.echoesParam || item.param === undefined || item.param === param);
