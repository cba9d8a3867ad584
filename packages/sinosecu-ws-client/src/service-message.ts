import { type Item, readEnvelope, sameWord } from "./messages/envelope.js";
import { decodeNotification, type Notification } from "./messages/notification.js";
import { SERVICE_NOTIFICATIONS } from "./registry.js";

type Extra = { readonly extra?: Readonly<Record<string, unknown>> };

type NotificationValue = {
  [N in (typeof SERVICE_NOTIFICATIONS)[number] as N["kind"]]: N extends Notification<
    infer K,
    infer T
  >
    ? { readonly kind: K; readonly value: T } & Extra
    : never;
};

/** What the service tells on its own. */
export type ServiceNotification = NotificationValue[keyof NotificationValue];

/** What the service sends, as a client reads it. */
export type ServiceMessage =
  | { readonly kind: "replies"; readonly batch: boolean; readonly items: readonly Item[] }
  | ServiceNotification
  | { readonly kind: "unknown"; readonly item: Item };

/**
 * Reads any message of the service. Replies stay as they are: what they mean depends on what was
 * asked.
 *
 * @throws SinosecuError where the message cannot be read.
 */
export const decodeServiceMessage = (text: string): ServiceMessage => {
  const { type, batch, items } = readEnvelope(text);
  if (type === "Reply") return { kind: "replies", batch, items };
  const item = items[0];
  if (type !== "Notify" || batch || item === undefined) {
    return { kind: "unknown", item: item ?? { command: "", operand: "" } };
  }
  const notice = findNotification(item);
  if (notice === undefined) return { kind: "unknown", item };
  return {
    kind: notice.kind,
    value: decodeNotification(notice, item),
    ...(item.extra ? { extra: item.extra } : {}),
  } as ServiceNotification;
};

/** A command of the moment is known without its operand, which is always the same. */
const findNotification = ({ command, operand }: Item): Notification | undefined =>
  (SERVICE_NOTIFICATIONS as readonly Notification[]).find(
    (candidate) =>
      [candidate.command, ...candidate.commandAliases].some((name) => sameWord(name, command)) &&
      (sameWord(candidate.operand, operand) ||
        (operand === "" && candidate.operand === "RealtimeMessage")),
  );
