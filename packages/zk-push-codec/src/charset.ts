import { bytesOf, type Wire, wireOf } from "./bytes.js";
import { ZkPushError } from "./errors.js";
import { encodeGb18030 } from "./gb18030.js";

/** Character set of user names and short messages; every other field is UTF-8. */
export type Charset = "utf-8" | "gb18030";

/** Language number of a terminal set to Simplified Chinese (appendix 2). */
const SIMPLIFIED_CHINESE = 83;

/**
 * Character set of a terminal. Attendance PUSH 3.7, 1.2 says GB2312 for Chinese; GB18030 reads all
 * of it and holds every other character too, and newer terminals use it.
 */
export const charsetOf = (language: number | undefined): Charset =>
  language === SIMPLIFIED_CHINESE ? "gb18030" : "utf-8";

/** A decoded text, and the character set that it turned out to be in. */
export interface DecodedText {
  readonly text: string;
  /** `unknown`: the text is a reading of the bytes one by one, for people to look at. */
  readonly charset: Charset | "unknown";
}

/** ASCII means the same in both. */
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/**
 * Reads a text in the character set it should be in, or else in the other: terminals set to Chinese
 * were seen to send UTF-8, and the other way round.
 */
export const decodeText = (wire: Wire, charset: Charset): DecodedText => {
  if (isAscii(wire)) return { text: wire, charset };
  const bytes = bytesOf(wire);
  const other: Charset = charset === "utf-8" ? "gb18030" : "utf-8";
  for (const candidate of [charset, other]) {
    const text = tryDecode(bytes, candidate);
    if (text !== undefined) return { text, charset: candidate };
  }
  return { text: wire, charset: "unknown" };
};

/**
 * Writes a text in a character set.
 *
 * @throws ZkPushError `TEXT_NOT_ENCODABLE` for half of a surrogate pair, which is no character.
 */
export const encodeText = (text: string, charset: Charset): Wire => {
  if (isAscii(text)) return text;
  if (/\p{Surrogate}/u.test(text)) {
    throw new ZkPushError("TEXT_NOT_ENCODABLE", "expected characters, found half of a pair");
  }
  return wireOf(charset === "utf-8" ? new TextEncoder().encode(text) : encodeGb18030(text));
};

const decoders = /* @__PURE__ */ new Map<Charset, TextDecoder>();

const decoderOf = (charset: Charset): TextDecoder => {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true });
    } catch (cause) {
      throw new ZkPushError("TEXT_CHARSET_UNAVAILABLE", `expected a decoder for ${charset}`, {
        cause,
      });
    }
    decoders.set(charset, decoder);
  }
  return decoder;
};

const tryDecode = (bytes: Uint8Array, charset: Charset): string | undefined => {
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};
