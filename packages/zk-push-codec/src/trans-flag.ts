import { invalid, type Kind, text } from "./kind.js";
import { TRANS_DATA, type TransData } from "./tables/trans-data.js";

/** TransFlag: what a terminal uploads on its own (chapter 5). */
export type TransFlag =
  /** Format I: a digit for each kind of data. */
  | { readonly format: "digits"; readonly digits: string }
  /** Format II: `TransData` and names; names nobody knows are kept. */
  | { readonly format: "names"; readonly names: readonly string[] };

/** The flag in format II, which new servers write. */
export const transFlagOf = (...data: readonly TransData[]): TransFlag => ({
  format: "names",
  names: data,
});

/** Terminals copy the value into 256 bytes. */
const MAX_LENGTH = 255;

export const transFlag: Kind<TransFlag> = {
  name: "transFlag",
  decode(raw, context, key) {
    const trimmed = raw.trim();
    if (/^[01]+$/.test(trimmed)) return { format: "digits", digits: trimmed };
    const words = text.decode(trimmed, context, key)!.split(/[\t ]+/);
    if (words[0]?.toLowerCase() === "transdata") {
      return { format: "names", names: words.slice(1).filter((word) => word !== "") };
    }
    context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(flag, _context, path) {
    const wire = flag.format === "digits" ? flag.digits : `TransData ${flag.names.join("\t")}`;
    const valid =
      flag.format === "digits"
        ? /^[01]+$/.test(flag.digits)
        : flag.names.every((name) => /^[A-Za-z0-9_]+$/.test(name));
    if (!valid || wire.length > MAX_LENGTH) {
      throw invalid(path, `digits or names of at most ${MAX_LENGTH} characters`);
    }
    return wire;
  },
};

/**
 * Whether a terminal uploads a kind of data on its own. Format I with zeros alone means attendance
 * photos and nothing else (chapter 5).
 */
export const transmits = (flag: TransFlag, data: TransData): boolean => {
  if (flag.format === "names") {
    return flag.names.some((name) => name.toLowerCase() === data.toLowerCase());
  }
  if (!flag.digits.includes("1")) return data === "AttPhoto";
  return flag.digits[TRANS_DATA.indexOf(data)] === "1";
};
