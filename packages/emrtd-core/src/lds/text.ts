import { EmrtdError } from "../errors.js";
import type { Finding } from "./finding.js";

/** Reads text; old documents wrote ISO 8859-1 where the standard asks for UTF-8. */
export const readText = (value: Uint8Array, where: string, findings: Finding[]): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    findings.push({ code: "TEXT_NOT_UTF8", where });
    return Array.from(value, (byte) => String.fromCharCode(byte)).join("");
  }
};

export const writeText = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Reads a date of `digits` digits: as characters, or packed two a byte as older documents have it
 * (Doc 9303-10, 4.7.12 asks readers to take both).
 */
export const readDigits = (
  value: Uint8Array,
  digits: number,
  where: string,
  findings: Finding[],
): string => {
  if (value.length === digits / 2 && value.every(isPacked)) {
    findings.push({ code: "DATE_BCD", where });
    return unpackDigits(value);
  }
  const text = readText(value, where, findings);
  if (text !== "" && (text.length !== digits || !/^[0-9]*$/.test(text))) {
    findings.push({ code: "DATE_FORM", where });
  }
  return text;
};

const isPacked = (byte: number): boolean => byte >> 4 <= 9 && (byte & 0x0f) <= 9;

/** Digits of binary coded decimals, two a byte; undefined where a half-byte is no digit. */
export const readPackedDigits = (value: Uint8Array): string | undefined =>
  value.every(isPacked) ? unpackDigits(value) : undefined;

const unpackDigits = (value: Uint8Array): string =>
  Array.from(value, (byte) => `${byte >> 4}${byte & 0x0f}`).join("");

/** @throws EmrtdError `LDS_VALUE` where the text is not an even number of digits. */
export const packDigits = (digits: string, path: string): Uint8Array<ArrayBuffer> => {
  if (!/^([0-9]{2})*$/.test(digits)) {
    throw new EmrtdError("LDS_VALUE", `expected pairs of digits for ${path}`, { path });
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
};
