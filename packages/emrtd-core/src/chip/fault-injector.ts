import { EmrtdError } from "../errors.js";
import type { CommandApdu } from "../iso7816/command-apdu.js";
import { READ_BINARY } from "../iso7816/read-binary.js";
import { type ResponseApdu, statusOnly } from "../iso7816/response-apdu.js";
import type { ChipSecureMessaging } from "../iso7816/secure-messaging-chip.js";
import type { ChipFiles } from "../lds/files.js";
import { type ChipFault, faultsOf } from "./faults.js";

/** An answer that a fault puts in place of the chip's own, in the clear or as the session has it. */
export interface FaultyAnswer {
  readonly answer: ResponseApdu;
  readonly plain: boolean;
}

/** The places at which a virtual chip asks what goes wrong now. */
export interface FaultInjector {
  /** Milliseconds that an answer takes. */
  readonly delay: number;
  readonly present: boolean;
  /** @throws EmrtdError `TRANSPORT_FAILED` once the chip has left the field. */
  command(): void;
  /** The chip is laid on the reader again. */
  reset(): void;
  limitRead(command: CommandApdu): FaultyAnswer | undefined;
  protect(session: ChipSecureMessaging, answer: ResponseApdu): ResponseApdu;
}

export const createFaultInjector = (faults: readonly ChipFault[]): FaultInjector => {
  const lost = faultsOf(faults, "tag-lost");
  const limits = faultsOf(faults, "le-limit");
  const delay = faultsOf(faults, "delay").reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  let commands = 0;
  let protectedAnswers = 0;
  let present = true;

  return {
    delay,
    get present() {
      return present;
    },
    command() {
      if (present && lost.some(({ after }) => after === commands)) present = false;
      if (!present) {
        throw new EmrtdError("TRANSPORT_FAILED", "expected a chip in the field, found none");
      }
      commands++;
    },
    reset() {
      if (!present) commands++;
      present = true;
    },
    limitRead(command) {
      const limit = limits.find(({ limit }) => (command.le ?? 0) > limit);
      const reads = command.ins === READ_BINARY.even || command.ins === READ_BINARY.odd;
      if (!limit || !reads || limit.answer === "cut") return undefined;
      return { answer: LIMIT_ANSWERS[limit.answer](limit.limit), plain: limit.plain ?? false };
    },
    protect(session, answer) {
      const number = ++protectedAnswers;
      const here = <F extends { readonly at: number }>(found: readonly F[]): F | undefined =>
        found.find(({ at }) => at === number);
      if (here(faultsOf(faults, "unprotected-answer"))) return answer;
      if (here(faultsOf(faults, "wrong-ssc"))) session.protect(answer);
      const whole = session.protect(answer);
      const flipped = here(faultsOf(faults, "flipped-bit"));
      if (flipped) return flipBit(whole, flipped.bit);
      const cut = here(faultsOf(faults, "truncated-answer"));
      return cut ? { ...whole, data: whole.data.slice(0, -cut.bytes) } : whole;
    },
  };
};

const LIMIT_ANSWERS = {
  "6700": () => statusOnly(0x6700),
  "6b00": () => statusOnly(0x6b00),
  "6282": () => statusOnly(0x6282),
  "6c": (limit: number) => statusOnly(0x6c00 | (limit & 0xff)),
  empty: () => statusOnly(0x9000),
} as const;

const flipBit = ({ data, statusWord }: ResponseApdu, bit: number): ResponseApdu => {
  const place = bit % (8 * data.length);
  return {
    data: data.map((byte, i) => (i === place >> 3 ? byte ^ (0x80 >> (place & 7)) : byte)),
    statusWord,
  };
};

/** Most bytes of a file that the chip gives at once without a word. */
export const cutLimit = (faults: readonly ChipFault[]): number =>
  Math.min(
    ...faultsOf(faults, "le-limit")
      .filter(({ answer }) => answer === "cut")
      .map(({ limit }) => limit),
    Number.POSITIVE_INFINITY,
  );

/**
 * The files as they are after something was changed in them that nobody signed.
 *
 * @throws EmrtdError `CHIP_PERSONALISATION` where the chip has no such file, or no such byte.
 */
export const alterFiles = (files: ChipFiles, faults: readonly ChipFault[]): ChipFiles => {
  const altered = { ...files };
  for (const { file, fromEnd } of faultsOf(faults, "altered-file")) {
    const bytes = altered[file];
    if (!bytes || fromEnd < 1 || fromEnd > bytes.length) {
      throw new EmrtdError(
        "CHIP_PERSONALISATION",
        `expected a file to alter, found no such ${file}`,
      );
    }
    const place = bytes.length - fromEnd;
    altered[file] = bytes.map((byte, i) => (i === place ? byte ^ 0x01 : byte));
  }
  return altered;
};
