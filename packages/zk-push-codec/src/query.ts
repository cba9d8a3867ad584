import type { Wire } from "./bytes.js";
import type { Kind } from "./kind.js";
import type { Style } from "./style.js";

/**
 * Query of a request. `table=ATTLOG Stamp=9999`, with a space for the ampersand, is sent by some
 * terminals; INFO has spaces in its value, so a space separates before a known key only.
 */
const SEPARATOR = /&| +(?=(?:Stamp|\w{2,8}Stamp|table|options|ContentType|type|PIN|INFO)=)/i;

export const QUERY: Style = /* @__PURE__ */ {
  separator: "&",
  split: (text) => text.split(text.includes(" ") ? SEPARATOR : "&"),
  forbidden: /[\0\r\n]/,
  normalize: (key) => key.trim().toLowerCase(),
};

/** What is written as it is; the document escapes the space and leaves commas. */
const ESCAPED = /[^A-Za-z0-9\-._~,:;/@!$'()*=]/g;

export const escapeQuery = (wire: Wire): string =>
  wire.replace(
    ESCAPED,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

/** Takes escapes out; a percent sign that starts none stays. `+` is a plus: firmware names have it. */
export const unescapeQuery = (query: string): Wire =>
  query.includes("%")
    ? query.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : query;

/** A kind of value inside a query. */
export const queried = /* @__NO_SIDE_EFFECTS__ */ <T>(kind: Kind<T>): Kind<T> => ({
  name: kind.name,
  decode: (raw, context, key) => kind.decode(unescapeQuery(raw), context, key),
  encode: (value, context, path) => escapeQuery(kind.encode(value, context, path)),
});
