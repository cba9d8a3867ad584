import { type Item, writeItem } from "../messages/envelope.js";
import type { Quirks } from "./quirks.js";

/** Writes messages as a service with these quirks does. */
export const createWriter = (quirks: Quirks) => {
  const word = (text: string): string => (quirks.has("lower-case") ? text.toLowerCase() : text);

  const item = (written: Item): Record<string, unknown> => {
    const object = writeItem({
      ...written,
      command: word(written.command),
      operand: word(written.operand),
    });
    if (quirks.has("succeeded-missing") && object["Succeeded"] === "N") delete object["Succeeded"];
    if (quirks.has("succeeded-lower-case") && typeof object["Succeeded"] === "string") {
      object["Succeeded"] = object["Succeeded"].toLowerCase();
    }
    return object;
  };

  const finish = (object: Record<string, unknown>): string => {
    const text = quirks.has("blanks-and-order")
      ? JSON.stringify(Object.fromEntries(Object.entries(object).reverse()), null, 1)
      : JSON.stringify(object);
    return end(text);
  };

  const end = (text: string): string => (quirks.has("trailing-zero") ? `${text}\0` : text);

  return {
    one: (type: "Reply" | "Notify", written: Item): string =>
      finish({ Type: word(type), ...item(written) }),
    batch: (items: readonly Item[]): string =>
      finish({ Type: word("Reply"), Commands: items.map(item) }),
    /** The events of cards, of which the service's own bytes are known. */
    literal: (text: string, written: Item): string =>
      quirks.has("lower-case") || quirks.has("blanks-and-order")
        ? finish({ Type: word("Notify"), ...item(written) })
        : end(text),
  };
};

export type Writer = ReturnType<typeof createWriter>;
