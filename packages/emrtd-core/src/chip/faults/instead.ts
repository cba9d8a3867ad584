import { readable } from "../../cms/readable.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { READ_BINARY } from "../../iso7816/read-binary.js";
import { type ResponseApdu, statusOnly } from "../../iso7816/response-apdu.js";
import { fileByName } from "../../lds/files.js";
import { decodeTlvs } from "../../tlv.js";
import type { ChipState } from "../chip-context.js";
import { type ChipFault, faultsOf } from "../faults.js";
import type { LeLimitAnswer } from "./length.js";

/** An answer that a fault puts in place of the chip's own, in the clear or as the session has it. */
export interface FaultyAnswer {
  readonly answer: ResponseApdu;
  readonly plain?: boolean;
}

const SELECT = 0xa4;
const MANAGE_SECURITY_ENVIRONMENT = 0x22;
export const INTERNAL_AUTHENTICATE = 0x88;

/** What a chip says without looking further at a command, where one of its faults is about that. */
export const answerInstead = (
  command: CommandApdu,
  faults: readonly ChipFault[],
  state: ChipState,
): FaultyAnswer | undefined =>
  insteadOfRead(command, faults) ??
  insteadOfSelect(command, faults, state) ??
  insteadOfMasterFile(command, faults) ??
  insteadOfPace(command, faults) ??
  insteadOfKeyAgreement(command, faults) ??
  insteadOfSigning(command, faults);

const isRead = ({ ins }: CommandApdu): boolean =>
  ins === READ_BINARY.even || ins === READ_BINARY.odd;

const insteadOfRead = (
  command: CommandApdu,
  faults: readonly ChipFault[],
): FaultyAnswer | undefined => {
  if (!isRead(command)) return undefined;
  if (command.ins === READ_BINARY.even && command.p1 >= 0x80) {
    if (faultsOf(faults, "no-short-identifiers").length > 0) return { answer: statusOnly(0x6a82) };
  }
  const { le = 0 } = command;
  const refused = faultsOf(faults, "le-refused").find((fault) => fault.le === le);
  if (refused) return { answer: LENGTH_ANSWERS[refused.answer](refused.le) };
  const [limit] = faultsOf(faults, "le-limit")
    .filter(({ limit, answer }) => le > limit && answer !== "cut")
    .sort((a, b) => b.limit - a.limit);
  if (!limit || limit.answer === "cut") return undefined;
  return { answer: LENGTH_ANSWERS[limit.answer](limit.limit), plain: limit.plain ?? false };
};

const LENGTH_ANSWERS: Readonly<
  Record<Exclude<LeLimitAnswer, "cut">, (limit: number) => ResponseApdu>
> = {
  "6700": () => statusOnly(0x6700),
  "6b00": () => statusOnly(0x6b00),
  "6282": () => statusOnly(0x6282),
  "6c": (limit) => statusOnly(0x6c00 | (limit & 0xff)),
  empty: () => statusOnly(0x9000),
};

const insteadOfSelect = (
  { ins, p1, data }: CommandApdu,
  faults: readonly ChipFault[],
  { directory }: ChipState,
): FaultyAnswer | undefined => {
  if (ins !== SELECT || p1 !== 0x02 || data?.length !== 2) return undefined;
  const fileId = (data[0]! << 8) | data[1]!;
  const refused = faultsOf(faults, "refused-file").find(({ file }) => {
    const entry = fileByName(file);
    return entry.fileId === fileId && entry.place === directory;
  });
  return refused && { answer: statusOnly(refused.statusWord), plain: refused.plain ?? false };
};

const insteadOfMasterFile = (
  { ins, p1, data }: CommandApdu,
  faults: readonly ChipFault[],
): FaultyAnswer | undefined => {
  const [habit] = faultsOf(faults, "master-file");
  if (!habit || ins !== SELECT || p1 !== 0x00) return undefined;
  return habit.form === (data ? "identifier" : "empty")
    ? undefined
    : { answer: statusOnly(habit.statusWord) };
};

const insteadOfPace = (
  { ins, p1, p2, data }: CommandApdu,
  faults: readonly ChipFault[],
): FaultyAnswer | undefined => {
  const [wanted] = faultsOf(faults, "parameter-id-wanted");
  const selects = ins === MANAGE_SECURITY_ENVIRONMENT && p1 === 0xc1 && p2 === 0xa4;
  if (!wanted || !selects || !data) return undefined;
  const named = readable(() => decodeTlvs(data).some(({ tag }) => tag === 0x84));
  return named ? undefined : { answer: statusOnly(wanted.statusWord) };
};

const insteadOfKeyAgreement = (
  { ins, p1, p2 }: CommandApdu,
  faults: readonly ChipFault[],
): FaultyAnswer | undefined => {
  const [refused] = faultsOf(faults, "no-key-agreement-template");
  return refused && ins === MANAGE_SECURITY_ENVIRONMENT && p1 === 0x41 && p2 === 0xa6
    ? { answer: statusOnly(refused.statusWord) }
    : undefined;
};

const insteadOfSigning = (
  { ins }: CommandApdu,
  faults: readonly ChipFault[],
): FaultyAnswer | undefined =>
  ins === INTERNAL_AUTHENTICATE &&
  faultsOf(faults, "signing").some(({ habit }) => habit === "refused")
    ? { answer: statusOnly(0x6985) }
    : undefined;
