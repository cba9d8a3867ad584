import { canonicalBase64 } from "./base64.js";
import type { Wire } from "./bytes.js";
import { decodeText, encodeText } from "./charset.js";
import type { Context } from "./context.js";
import { ZkPushError } from "./errors.js";
import { checkField } from "./safe.js";
import { isDeviceTime } from "./time.js";

/**
 * How one value stands in a field. Decoding never throws: what cannot be read is reported and left
 * out, and the record keeps it as sent.
 */
export interface Kind<T> {
  readonly name: string;
  decode(raw: Wire, context: Context, key: string): T | undefined;
  /** @throws ZkPushError `FIELD_…` for a value that the field cannot carry. */
  encode(value: T, context: Context, path: string): Wire;
}

/** UTF-8 text, for everything but names and short messages. */
export const text: Kind<string> = {
  name: "text",
  decode(raw, context, key) {
    const decoded = decodeText(raw, "utf-8");
    reportCharset(decoded.charset, "utf-8", context, key);
    return decoded.text;
  },
  encode: (value, _context, path) => encodeText(checkField(value, path), "utf-8"),
};

/** Names and short messages, in the character set of the terminal (1.2). */
export const localText: Kind<string> = {
  name: "localText",
  decode(raw, context, key) {
    const decoded = decodeText(raw, context.charset);
    reportCharset(decoded.charset, context.charset, context, key);
    return decoded.text;
  },
  encode: (value, context, path) => encodeText(checkField(value, path), context.charset),
};

/** Number of a person: case-sensitive text, leading zeros count. */
export const pin: Kind<string> = {
  name: "pin",
  decode(raw, context, key) {
    const value = singleEquals(raw, context, key);
    return value === "" ? undefined : text.decode(value, context, key);
  },
  encode(value, context, path) {
    if (value === "" || value.startsWith("=")) throw invalid(path, "a number of a person");
    return text.encode(value, context, path);
  },
};

/** Decimal integer. */
export const integer: Kind<number> = {
  name: "integer",
  decode(raw, context, key) {
    const digits = singleEquals(raw, context, key).trim();
    if (/^[+-]?\d{1,15}$/.test(digits)) return Number(digits) || 0;
    if (digits !== "") context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
  encode(value, _context, path) {
    if (!Number.isSafeInteger(value) || Math.abs(value) >= 1e15) {
      throw invalid(path, "an integer of at most 15 digits");
    }
    return value.toString();
  },
};

/** Base64, its white space taken out and its padding put back; see `decodeBase64`. */
export const base64: Kind<string> = {
  name: "base64",
  decode(raw, context, key) {
    const canonical = canonicalBase64(raw);
    if (canonical === undefined) context.report({ code: "BASE64_INVALID", field: key });
    else if (canonical !== raw) context.report({ code: "BASE64_NOT_CANONICAL", field: key });
    return canonical;
  },
  encode(value, _context, path) {
    if (canonicalBase64(value) !== value) throw invalid(path, "base64 with padding");
    return value;
  },
};

/** `YYYY-MM-DD hh:mm:ss` by the clock of the terminal. An impossible time is reported and kept. */
export const deviceTime: Kind<string> = {
  name: "deviceTime",
  decode(raw, context, key) {
    if (!isDeviceTime(raw)) context.report({ code: "TIME_INVALID", field: key });
    return text.decode(raw, context, key);
  },
  encode(value, context, path) {
    if (!isDeviceTime(value)) throw invalid(path, "YYYY-MM-DD hh:mm:ss");
    return text.encode(value, context, path);
  },
};

/**
 * The same for a field in which some firmware writes the word `null` for nothing: as a password it
 * would open every terminal that the person is copied to.
 */
export const orNull = /* @__NO_SIDE_EFFECTS__ */ <T>(kind: Kind<T>): Kind<T> => ({
  ...kind,
  decode(raw, context, key) {
    if (raw !== "null") return kind.decode(raw, context, key);
    context.report({ code: "FIELD_UNREADABLE", field: key });
    return undefined;
  },
});

/** The error of an encoder: says what was expected, never what was given. */
export const invalid = (path: string, expected: string): ZkPushError =>
  new ZkPushError("FIELD_INVALID", `expected ${expected} in ${path}`, { path });

/** `PIN==1` and `StatusCode==0` occur; the document itself has the second. */
export const singleEquals = (raw: Wire, context: Context, key: string): Wire => {
  if (!raw.startsWith("=")) return raw;
  context.report({ code: "DOUBLE_EQUALS", field: key });
  return raw.slice(1);
};

const reportCharset = (found: string, expected: string, context: Context, key: string): void => {
  if (found === "unknown") context.report({ code: "TEXT_UNDECODABLE", field: key });
  else if (found !== expected) context.report({ code: "TEXT_OTHER_CHARSET", field: key });
};
