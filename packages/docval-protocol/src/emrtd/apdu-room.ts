import type { CommandApdu } from "@org/emrtd-core";
import { decodeResponseApdu, encodeCommandApdu, type Protocol } from "@org/emrtd-core";
import type { ApduLimits, ChipCommand, Conversation } from "../chip/conversation.js";
import { DocvalError } from "../errors.js";

/** ISO/IEC 7816-4, 5.2: what the short form can say, and the longest command in either form. */
const SHORT = { data: 255, le: 256, command: 261 } as const;
const EXTENDED = { le: 65_536, command: 65_544 } as const;

/** SW1-SW2. */
const STATUS = 2;
/** DO 97 at most, DO 99, DO 8E (Doc 9303-11, 9.8.4). */
const DO_97 = 4;
const DO_99 = 4;
const DO_8E = 10;
/** The wider block of the two ciphers: what fits with it fits with the other. */
const BLOCK = 16;

/** Tag, length and padding indicator of DO 87 around a cryptogram of at most so many bytes. */
const do87Overhead = (room: number): number => 2 + (room < 0x80 ? 1 : room < 0x102 ? 2 : 3);

/** Most plain bytes whose cryptogram, in its data object, fits into so many. */
const plainRoom = (room: number): number =>
  Math.floor((room - do87Overhead(room)) / BLOCK) * BLOCK - 1;

/** Largest Le that may be sent. */
const largestLe = ({ response, extendedLength }: ApduLimits): number =>
  Math.min((response ?? EXTENDED.le + STATUS) - STATUS, extendedLength ? EXTENDED.le : SHORT.le);

/**
 * Bytes of a file that one protected answer within the limits can carry. Where the whole short form is
 * free, the reader itself knows how much of it the cipher leaves.
 *
 * @throws DocvalError `LIMIT_TOO_SMALL`.
 */
export const readRoom = (limits: ApduLimits): number => {
  const le = largestLe(limits);
  const room = le === SHORT.le ? le : plainRoom(le - DO_99 - DO_8E);
  return positive(Math.min(room, limits.block ?? EXTENDED.le));
};

/**
 * Data bytes of a command that fit into a protected one within the limits.
 *
 * @throws DocvalError `LIMIT_TOO_SMALL`.
 */
export const commandRoom = ({ command, extendedLength }: ApduLimits): number => {
  const longest = Math.min(
    command ?? EXTENDED.command,
    extendedLength ? EXTENDED.command : SHORT.command,
  );
  const short = Math.min(longest - 6, SHORT.data);
  const data = longest > SHORT.command ? longest - 9 : short;
  return positive(plainRoom(data - DO_97 - DO_8E));
};

const positive = (room: number): number => {
  if (room >= 1) return room;
  throw new DocvalError("LIMIT_TOO_SMALL", "expected room for one block in a protected APDU");
};

/**
 * A command as bytes that the way to the chip carries. Le is lowered where it has to be: under secure
 * messaging the one outside is not authenticated, and says no more than how much may come back.
 *
 * @throws DocvalError `LIMIT_TOO_SMALL` where the command itself is too long.
 */
export const encodeWithin = (command: CommandApdu, limits: ApduLimits): Uint8Array => {
  const most = positive(largestLe(limits));
  const fitting =
    command.le === undefined ? command : { ...command, le: Math.min(command.le, most) };
  const bytes = encodeCommandApdu(fitting);
  const extended = (command.data?.length ?? 0) > SHORT.data;
  if (bytes.length > (limits.command ?? EXTENDED.command) || (extended && !limits.extendedLength)) {
    throw new DocvalError(
      "LIMIT_TOO_SMALL",
      `expected a way for a command of ${bytes.length} bytes, found at most ${limits.command ?? SHORT.command}`,
    );
  }
  return bytes;
};

/** Turns a conversation in APDUs into one in bytes, within limits. */
export function* relayed<Result>(
  protocol: Protocol<Result>,
  limits: ApduLimits,
): Conversation<ChipCommand, Result> {
  try {
    let step = protocol.next();
    while (!step.done) {
      const apdu = encodeWithin(step.value, limits);
      const answer = yield { type: "command", apdu };
      step = protocol.next(decodeResponseApdu(answer));
    }
    return step.value;
  } finally {
    protocol.return(undefined as Result);
  }
}
