import type { Wire } from "./bytes.js";

/** What stands between pairs. */
export interface Style {
  readonly separator: string;
  /** What no message of this style may hold, whoever wrote it. */
  readonly forbidden: RegExp;
  split(text: Wire): Wire[];
  /** How a terminal may spell a key beyond letter case. */
  normalize(key: Wire): string;
}

/** One line: a carriage return may stand before its end only. */
const NOT_IN_A_LINE = /[\0\n]|\r(?!$)/;

const style = /* @__NO_SIDE_EFFECTS__ */ (
  separator: string,
  pattern: string | RegExp,
  forbidden: RegExp,
  normalize: (key: Wire) => string,
): Style => ({ separator, split: (text) => text.split(pattern), forbidden, normalize });

const anyCase = (key: Wire): string => key.trim().toLowerCase();

const withoutTilde = (key: Wire): string => key.trim().replace(/^~/, "").toLowerCase();

/** A comma stands inside values too (`ZKTECO CO., LTD.`): it separates only before another key. */
const COMMA = /,(?=~?[A-Za-z][A-Za-z0-9_]*=)/;

export const TABS = /* @__PURE__ */ style("\t", "\t", NOT_IN_A_LINE, anyCase);
export const LINES = /* @__PURE__ */ style("\n", "\n", /\0/, withoutTilde);
export const COMMAS = /* @__PURE__ */ style(",", COMMA, NOT_IN_A_LINE, withoutTilde);
export const AMPERSANDS = /* @__PURE__ */ style("&", "&", NOT_IN_A_LINE, anyCase);
