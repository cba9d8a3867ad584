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
export const STATUS_WORDS = /* @__PURE__ */ (() =>
  ({
    36864: entry("success", "done"),
    25088: entry("warning", "nothing said, state unchanged"),
    25217: entry("warning", "part of the returned data may be corrupted"),
    25218: entry("warning", "end of file reached before Ne bytes"),
    25219: entry("warning", "selected file deactivated"),
    25220: entry("warning", "control information not as the standard has it"),
    25221: entry("warning", "selected file in termination state"),
    25344: entry("warning", "authentication failed, state changed"),
    25473: entry("warning", "file filled up by the last write"),
    25600: entry("error", "execution error, state unchanged"),
    25601: entry("error", "immediate response required by the card"),
    25856: entry("error", "execution error, state changed"),
    25985: entry("error", "memory failure"),
    26112: entry("error", "security related issue"),
    26368: entry("error", "wrong length"),
    26624: entry("error", "function in CLA not supported"),
    26753: entry("error", "logical channel not supported"),
    26754: entry("error", "secure messaging not supported"),
    26755: entry("error", "last command of the chain expected"),
    26756: entry("error", "command chaining not supported"),
    26880: entry("error", "command not allowed"),
    27009: entry("error", "command incompatible with file structure"),
    27010: entry("error", "security status not satisfied"),
    27011: entry("error", "authentication method blocked"),
    27012: entry("error", "reference data not usable"),
    27013: entry("error", "conditions of use not satisfied"),
    27014: entry("error", "command not allowed, no file selected"),
    27015: entry("error", "expected secure messaging data objects missing"),
    27016: entry("error", "incorrect secure messaging data objects"),
    27136: entry("error", "wrong parameters P1-P2"),
    27264: entry("error", "incorrect parameters in the command data"),
    27265: entry("error", "function not supported"),
    27266: entry("error", "file or application not found"),
    27267: entry("error", "record not found"),
    27268: entry("error", "not enough memory space in the file"),
    27269: entry("error", "Nc inconsistent with TLV structure"),
    27270: entry("error", "incorrect parameters P1-P2"),
    27271: entry("error", "Nc inconsistent with parameters P1-P2"),
    27272: entry("error", "referenced data not found"),
    27273: entry("error", "file already exists"),
    27274: entry("error", "DF name already exists"),
    27392: entry("error", "wrong parameters, offset outside the file"),
    27904: entry("error", "instruction not supported or invalid"),
    28160: entry("error", "class not supported"),
    28416: entry("error", "no precise diagnosis"),
  }) as const satisfies Record<number, StatusEntry>)();

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
  if (Object.hasOwn(STATUS_WORDS, statusWord)) {
    return STATUS_WORDS[statusWord as keyof typeof STATUS_WORDS];
  }
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
