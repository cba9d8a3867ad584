import * as z from "zod/mini";
import { SinosecuError, type SinosecuErrorCode } from "../errors.js";
import type { Codec } from "./codec.js";
import { type Item, readEnvelope, sameWord, writeMessage } from "./envelope.js";
import type { Value } from "./values.js";

/** What the service answered. */
export type Reply<R> =
  | { readonly succeeded: true; readonly result: R; readonly param?: unknown }
  | {
      readonly succeeded: false;
      /** The service's own sentence, in its own language. */
      readonly message: string;
      readonly param?: unknown;
    };

/** Where a message is known from: either manual, or the service itself. */
export type Source = "manual 1.0.2" | "manual 6.8.1.3" | "service";

/** A question and its answer: what is sent as Request and what comes back as Reply. */
export interface Exchange<P = unknown, R = unknown> {
  readonly command: "Get" | "Set";
  readonly operand: string;
  readonly source: Source;
  /** Section of the manual, where one describes it. */
  readonly section?: string;
  /** Other operands under which the answer may come. */
  readonly replyAliases: readonly string[];
  /** The answer repeats the parameter, and several questions may be open with different ones. */
  readonly echoesParam: boolean;
  readonly param: Value<P>;
  readonly result: Value<R>;
  readonly request: Codec<P>;
  readonly reply: Codec<Reply<R>>;
}

/** An exchange whose own types do not matter here. */
export type AnyExchange = Exchange<never, unknown> | Exchange<unknown, unknown>;

interface ExchangeSpec<P, R> {
  readonly source: Source;
  readonly section?: string;
  readonly replyAliases?: readonly string[];
  readonly echoesParam?: boolean;
  readonly param: Value<P>;
  readonly result: Value<R>;
}

export const exchange = <P, R>(
  command: "Get" | "Set",
  operand: string,
  spec: ExchangeSpec<P, R>,
): Exchange<P, R> => {
  const made: Exchange<P, R> = {
    replyAliases: [],
    echoesParam: false,
    ...spec,
    command,
    operand,
    request: {
      name: `${command} ${operand}`,
      encode: (param) => writeMessage("Request", requestItem(made, param)),
      decode: (wire) => decodeParam(made, only(wire, "Request", made, [operand])),
    },
    reply: {
      name: `${command} ${operand} reply`,
      encode: (reply) => writeMessage("Reply", replyItem(made, reply)),
      decode: (wire) =>
        decodeReply(made, only(wire, "Reply", made, [operand, ...made.replyAliases])),
    },
  };
  return made;
};

/** The one command of a message that must be of a certain kind and hold nothing else. */
export const only = (
  wire: string,
  type: "Request" | "Reply" | "Notify",
  { command }: { command: string },
  operands: readonly string[],
): Item => {
  const envelope = readEnvelope(wire);
  const item = envelope.items[0];
  const fits =
    envelope.type === type &&
    !envelope.batch &&
    item !== undefined &&
    sameWord(item.command, command) &&
    operands.some((operand) => sameWord(item.operand, operand));
  if (!fits) {
    throw new SinosecuError(
      "MESSAGE_INVALID",
      `expected a ${type} of ${command} ${operands[0]}, found another message`,
    );
  }
  if (item.extra) {
    const names = Object.keys(item.extra).length;
    throw new SinosecuError("MESSAGE_INVALID", `expected no other keys, found ${names}`);
  }
  return item;
};

/** @throws SinosecuError `PARAM_INVALID`, `IMAGE_MASK_INVALID` where the command does not take it. */
export const requestItem = <P>(of: Exchange<P, never> | Exchange<P>, param: P): Item => ({
  command: of.command,
  operand: of.operand,
  ...keyed("param", encodeValue(of.param, param, paramCode(of), `Param of ${of.operand}`)),
});

export const decodeParam = <P>(of: Exchange<P, never> | Exchange<P>, item: Item): P =>
  decodeValue(of.param, item.param, paramCode(of), `Param of ${of.operand}`);

const paramCode = ({ operand }: { operand: string }): SinosecuErrorCode =>
  operand === "Base64Image" ? "IMAGE_MASK_INVALID" : "PARAM_INVALID";

export const replyItem = <P, R>(of: Exchange<P, R>, reply: Reply<R>): Item => ({
  command: of.command,
  operand: of.operand,
  succeeded: reply.succeeded,
  ...keyed("param", reply.param),
  ...keyed(
    "result",
    reply.succeeded
      ? encodeValue(of.result, reply.result, "MESSAGE_INVALID", `Result of ${of.operand}`)
      : reply.message,
  ),
});

/** An answer without a plain `Y` is a failure. */
export const decodeReply = <R>(
  of: Pick<Exchange<never, R>, "operand" | "result">,
  item: Item,
): Reply<R> => {
  const echo = keyed("param", item.param);
  if (item.succeeded) {
    const path = `Result of ${of.operand}`;
    const result = decodeValue(of.result, item.result, "MESSAGE_INVALID", path);
    return { succeeded: true, result, ...echo };
  }
  const message = typeof item.result === "string" ? item.result : "";
  return { succeeded: false, message, ...echo };
};

const keyed = <K extends string>(key: K, value: unknown): { [name in K]?: unknown } =>
  (value === undefined ? {} : { [key]: value }) as { [name in K]?: unknown };

export const decodeValue = <T>(
  schema: Value<T>,
  value: unknown,
  code: SinosecuErrorCode,
  path: string,
): T => {
  const parsed = z.safeDecode(schema, value);
  if (parsed.success) return parsed.data;
  throw unfit(code, path, parsed.error.issues);
};

export const encodeValue = <T>(
  schema: Value<T>,
  value: T,
  code: SinosecuErrorCode,
  path: string,
): unknown => {
  const written = z.safeEncode(schema, value);
  if (written.success) return written.data;
  throw unfit(code, path, written.error.issues);
};

/** Where it went wrong and what should stand there, never what does. */
const unfit = (
  code: SinosecuErrorCode,
  path: string,
  issues: readonly z.core.$ZodIssue[],
): SinosecuError => {
  const issue = issues[0];
  const place = [path, ...(issue?.path ?? []).map(String)].join(".");
  return new SinosecuError(code, `expected ${expectedBy(issue)} at ${place}`, { path: place });
};

const expectedBy = (issue: z.core.$ZodIssue | undefined): string => {
  switch (issue?.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "unrecognized_keys":
      return "no other keys";
    case "custom":
      return issue.message;
    default:
      return "another value";
  }
};
