import { EmrtdError } from "../errors.js";
import type { ResponseApdu } from "./response-apdu.js";

/** What a status word is: done, done with a remark, refused, or a request to the transport. */
export type StatusKind = "success" | "warning" | "error" | "more-data" | "wrong-le";

interface StatusEntry {
  readonly kind: StatusKind;
  readonly meaning: string;
}

const entry = (kind: StatusKind, meaning: string): StatusEntry => ({ kind, meaning });

/** SW1-SW2 as ISO/IEC 7816-4, 5.6 names them; whole words before the ranges of {@link RANGES}. */
export const STATUS_WORDS: ReadonlyMap<number, StatusEntry> = /* @__PURE__ */ (() =>
  new Map([
    [0x9000, entry("success", "done")],
    [0x6200, entry("warning", "nothing said, state unchanged")],
    [0x6281, entry("warning", "part of the returned data may be corrupted")],
    [0x6282, entry("warning", "end of file reached before Ne bytes")],
    [0x6283, entry("warning", "selected file deactivated")],
    [0x6284, entry("warning", "control information not as the standard has it")],
    [0x6285, entry("warning", "selected file in termination state")],
    [0x6300, entry("warning", "authentication failed, state changed")],
    [0x6381, entry("warning", "file filled up by the last write")],
    [0x6400, entry("error", "execution error, state unchanged")],
    [0x6401, entry("error", "immediate response required by the card")],
    [0x6500, entry("error", "execution error, state changed")],
    [0x6581, entry("error", "memory failure")],
    [0x6600, entry("error", "security related issue")],
    [0x6700, entry("error", "wrong length")],
    [0x6800, entry("error", "function in CLA not supported")],
    [0x6881, entry("error", "logical channel not supported")],
    [0x6882, entry("error", "secure messaging not supported")],
    [0x6883, entry("error", "last command of the chain expected")],
    [0x6884, entry("error", "command chaining not supported")],
    [0x6900, entry("error", "command not allowed")],
    [0x6981, entry("error", "command incompatible with file structure")],
    [0x6982, entry("error", "security status not satisfied")],
    [0x6983, entry("error", "authentication method blocked")],
    [0x6984, entry("error", "reference data not usable")],
    [0x6985, entry("error", "conditions of use not satisfied")],
    [0x6986, entry("error", "command not allowed, no file selected")],
    [0x6987, entry("error", "expected secure messaging data objects missing")],
    [0x6988, entry("error", "incorrect secure messaging data objects")],
    [0x6a00, entry("error", "wrong parameters P1-P2")],
    [0x6a80, entry("error", "incorrect parameters in the command data")],
    [0x6a81, entry("error", "function not supported")],
    [0x6a82, entry("error", "file or application not found")],
    [0x6a83, entry("error", "record not found")],
    [0x6a84, entry("error", "not enough memory space in the file")],
    [0x6a85, entry("error", "Nc inconsistent with TLV structure")],
    [0x6a86, entry("error", "incorrect parameters P1-P2")],
    [0x6a87, entry("error", "Nc inconsistent with parameters P1-P2")],
    [0x6a88, entry("error", "referenced data not found")],
    [0x6a89, entry("error", "file already exists")],
    [0x6a8a, entry("error", "DF name already exists")],
    [0x6b00, entry("error", "wrong parameters, offset outside the file")],
    [0x6d00, entry("error", "instruction not supported or invalid")],
    [0x6e00, entry("error", "class not supported")],
    [0x6f00, entry("error", "no precise diagnosis")],
  ]))();

/** What the first byte, and of 63 the first digit of the second, says where the word has no own row. */
const RANGES: readonly {
  readonly mask: number;
  readonly value: number;
  readonly describe: (sw2: number) => StatusEntry;
}[] = [
  {
    mask: 0xff00,
    value: 0x6100,
    describe: (sw2) => entry("more-data", `${sw2 || "256 or more"} bytes still to be fetched`),
  },
  { mask: 0xff00, value: 0x6200, describe: () => entry("warning", "state unchanged") },
  {
    mask: 0xfff0,
    value: 0x63c0,
    describe: (sw2) => entry("warning", `verification failed, ${sw2 & 0x0f} tries left`),
  },
  { mask: 0xff00, value: 0x6300, describe: () => entry("warning", "state changed") },
  { mask: 0xff00, value: 0x6400, describe: () => entry("error", "state unchanged") },
  { mask: 0xff00, value: 0x6500, describe: () => entry("error", "state changed") },
  { mask: 0xff00, value: 0x6600, describe: () => entry("error", "security related issue") },
  { mask: 0xff00, value: 0x6800, describe: () => entry("error", "function in CLA not supported") },
  { mask: 0xff00, value: 0x6900, describe: () => entry("error", "command not allowed") },
  { mask: 0xff00, value: 0x6a00, describe: () => entry("error", "wrong parameters P1-P2") },
  {
    mask: 0xff00,
    value: 0x6c00,
    describe: (sw2) => entry("wrong-le", `wrong Le, ${sw2 || 256} bytes are there`),
  },
];

/** What a status word says; a proprietary or unknown one is an error. */
export const describeStatus = (statusWord: number): StatusEntry => {
  const known = STATUS_WORDS.get(statusWord);
  if (known) return known;
  const range = RANGES.find(({ mask, value }) => (statusWord & mask) === value);
  return range?.describe(statusWord & 0xff) ?? entry("error", "unknown status word");
};

export const isSuccess = ({ statusWord }: ResponseApdu): boolean => statusWord === 0x9000;

/** `6A82 (file or application not found)`, for messages. */
export const formatStatus = (statusWord: number): string =>
  `${statusWord.toString(16).toUpperCase().padStart(4, "0")} (${describeStatus(statusWord).meaning})`;

/**
 * The data of an answer whose status word is 9000.
 *
 * @param what the command, as messages name it: `SELECT EF.COM`.
 * @throws EmrtdError `APDU_STATUS` with the status word for every other, warnings too.
 */
export const expectSuccess = (response: ResponseApdu, what: string): Uint8Array => {
  if (!isSuccess(response)) throw statusError(response.statusWord, what);
  return response.data;
};

/** The error that a refused command is. */
export const statusError = (statusWord: number, what: string): EmrtdError =>
  new EmrtdError(
    "APDU_STATUS",
    `expected ${what} to answer 9000, found ${formatStatus(statusWord)}`,
    { statusWord, path: what },
  );
