import type { Kind } from "./kind.js";
import { text } from "./kind.js";

/** `[15CD5B07]`: bytes of the number, the lowest first (11.5). */
const BRACKETED = /^\[((?:[0-9a-f]{2}){1,8})\]$/i;

/**
 * Card number: decimal digits. Both writings of 11.5 are read, `123456789` and `[15CD5B07]`; the
 * first is written, which every terminal takes.
 */
export const card: Kind<string> = {
  name: "card",
  decode(raw, context, key) {
    const bracketed = BRACKETED.exec(raw)?.[1];
    if (bracketed === undefined) return text.decode(raw, context, key);
    const bytes = bracketed.match(/../g)!.reverse().join("");
    return BigInt(`0x${bytes}`).toString();
  },
  encode: (value, context, path) => text.encode(value, context, path),
};

/** The bracketed writing of a card number of up to 32 bits, for terminals that want it. */
export const bracketedCard = (number: string): string => {
  const bytes = BigInt(number).toString(16).padStart(8, "0").match(/../g)!.reverse().join("");
  return `[${bytes.toUpperCase()}]`;
};
