import { EmrtdError } from "../errors.js";

/** A command as ISO/IEC 7816-4 has it, before it is written in short or extended form. */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Command data, Nc bytes; absent or empty: none. */
  readonly data?: Uint8Array;
  /** Ne, the number of bytes expected at most: 1 to 256 short, to 65,536 extended; absent: none. */
  readonly le?: number;
}

/** The largest Nc and Ne that the two forms can say (ISO/IEC 7816-4, 5.2). */
export const APDU_LIMITS = {
  shortData: 255,
  shortLe: 256,
  extendedData: 65_535,
  extendedLe: 65_536,
} as const;

/** Whether a command says more than the short form can. */
export const needsExtendedLength = ({ data, le }: CommandApdu): boolean =>
  (data?.length ?? 0) > APDU_LIMITS.shortData || (le ?? 0) > APDU_LIMITS.shortLe;

/**
 * Writes a command (ISO/IEC 7816-4, 5.2), short wherever that can hold it.
 *
 * ```
 * case 1   CLA INS P1 P2
 * case 2   … Le              short: 1 byte, 00 is 256      extended: 00 and 2 bytes, 0000 is 65,536
 * case 3   … Lc data         short: 1 byte                 extended: 00 and 2 bytes
 * case 4   … Lc data Le      short: 1 byte                 extended: 2 bytes
 * ```
 *
 * @param options.extended asks for the extended form also where the short one would do.
 * @throws EmrtdError `APDU_INVALID` for a header byte, data or Le out of range.
 */
export const encodeCommandApdu = (
  command: CommandApdu,
  options: { readonly extended?: boolean } = {},
): Uint8Array<ArrayBuffer> => {
  const { cla, ins, p1, p2, data, le } = command;
  checkCommand(command);
  const extended = (options.extended ?? false) || needsExtendedLength(command);
  const nc = data?.length ?? 0;
  const lcLength = nc === 0 ? 0 : extended ? 3 : 1;
  const leLength = le === undefined ? 0 : !extended ? 1 : nc === 0 ? 3 : 2;
  const bytes = new Uint8Array(4 + lcLength + nc + leLength);
  bytes[0] = cla;
  bytes[1] = ins;
  bytes[2] = p1;
  bytes[3] = p2;
  let offset = 4;
  if (data !== undefined && nc > 0) {
    if (extended) bytes[offset + 1] = nc >> 8;
    bytes[offset + lcLength - 1] = nc;
    bytes.set(data, offset + lcLength);
    offset += lcLength + nc;
  }
  if (le !== undefined) {
    if (extended) bytes[offset + leLength - 2] = le >> 8;
    bytes[offset + leLength - 1] = le;
  }
  return bytes;
};

/**
 * Reads a command in either form; it must be all that there is.
 *
 * @throws EmrtdError `APDU_INVALID` where the lengths do not add up.
 */
export const decodeCommandApdu = (bytes: Uint8Array): CommandApdu => decodeCommand(bytes).command;

/** As {@link decodeCommandApdu}, and says in which form the command came. */
export const decodeCommand = (
  bytes: Uint8Array,
): { readonly command: CommandApdu; readonly extended: boolean } => {
  if (bytes.length < 4) throw invalid("a header of 4 bytes", bytes.length);
  const header = { cla: bytes[0]!, ins: bytes[1]!, p1: bytes[2]!, p2: bytes[3]! };
  if (bytes.length === 4) return { command: header, extended: false };
  if (bytes.length === 5) {
    return { command: { ...header, le: bytes[4] || APDU_LIMITS.shortLe }, extended: false };
  }
  const extended = bytes[4] === 0;
  const lengthEnd = extended ? 7 : 5;
  if (extended && bytes.length < 7) throw invalid("an extended length of 3 bytes", bytes.length);
  const length = extended ? (bytes[5]! << 8) | bytes[6]! : bytes[4]!;
  if (extended && bytes.length === 7) {
    return { command: { ...header, le: length || APDU_LIMITS.extendedLe }, extended };
  }
  const dataEnd = lengthEnd + length;
  const leLength = extended ? 2 : 1;
  if (length === 0) throw invalid("command data after its length", bytes.length);
  const data = bytes.subarray(lengthEnd, dataEnd);
  if (bytes.length === dataEnd) return { command: { ...header, data }, extended };
  if (bytes.length !== dataEnd + leLength) {
    throw invalid(`${dataEnd} or ${dataEnd + leLength} bytes`, bytes.length);
  }
  const le = extended
    ? (bytes[dataEnd]! << 8) | bytes[dataEnd + 1]! || APDU_LIMITS.extendedLe
    : bytes[dataEnd] || APDU_LIMITS.shortLe;
  return { command: { ...header, data, le }, extended };
};

const invalid = (expected: string, length: number): EmrtdError =>
  new EmrtdError("APDU_INVALID", `expected a command of ${expected}, found ${length} bytes`);

const isByte = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xff;

const checkCommand = ({ cla, ins, p1, p2, data, le }: CommandApdu): void => {
  if (!isByte(cla) || !isByte(ins) || !isByte(p1) || !isByte(p2)) {
    throw new EmrtdError("APDU_INVALID", "expected a command header of four bytes");
  }
  if (data !== undefined && data.length > APDU_LIMITS.extendedData) {
    throw new EmrtdError(
      "APDU_INVALID",
      `expected at most ${APDU_LIMITS.extendedData} bytes of command data, found ${data.length}`,
    );
  }
  if (le !== undefined && !(Number.isInteger(le) && le >= 1 && le <= APDU_LIMITS.extendedLe)) {
    throw new EmrtdError(
      "APDU_INVALID",
      `expected Le from 1 to ${APDU_LIMITS.extendedLe}, found ${le}`,
    );
  }
};
