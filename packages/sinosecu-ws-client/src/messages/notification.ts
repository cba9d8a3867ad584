import type { Codec } from "./codec.js";
import { type Item, writeMessage } from "./envelope.js";
import { decodeValue, encodeValue, only, type Source } from "./exchange.js";
import type { Value } from "./values.js";

/** A message that is not answered. */
export interface Notification<K extends string = string, T = unknown> {
  /** Name of ours, by which decoded messages are told apart. */
  readonly kind: K;
  readonly from: "client" | "service";
  readonly command: string;
  /** Other spellings of the command that were seen. */
  readonly commandAliases: readonly string[];
  readonly operand: string;
  readonly source: Source;
  readonly section?: string;
  readonly param: Value<T>;
  readonly codec: Codec<T>;
}

interface NotificationSpec<T> {
  readonly command: string;
  readonly commandAliases?: readonly string[];
  readonly operand: string;
  readonly source: Source;
  readonly section?: string;
  readonly param: Value<T>;
  /** The message as the service sends it to the byte, where that is known. */
  readonly literal?: string;
}

export const notification = <const K extends string, T>(
  from: "client" | "service",
  kind: K,
  { literal, ...spec }: NotificationSpec<T>,
): Notification<K, T> => {
  const made: Notification<K, T> = {
    commandAliases: [],
    ...spec,
    from,
    kind,
    codec: {
      name: `${spec.command} ${spec.operand}`,
      encode: (value) => literal ?? writeMessage("Notify", notificationItem(made, value)),
      decode: (wire) => decodeNotification(made, only(wire, "Notify", spec, [spec.operand])),
    },
  };
  return made;
};

export const notificationItem = <T>(of: Notification<string, T>, value: T): Item => {
  const param = encodeValue(of.param, value, "PARAM_INVALID", `Param of ${of.command}`);
  return {
    command: of.command,
    operand: of.operand,
    ...(param === undefined ? {} : { param }),
  };
};

export const decodeNotification = <T>(of: Notification<string, T>, item: Item): T =>
  decodeValue(
    of.param,
    item.param,
    of.from === "client" ? "PARAM_INVALID" : "MESSAGE_INVALID",
    `Param of ${of.command}`,
  );
