import type { MrzPassword } from "../access/password.js";
import { toHex } from "../bytes.js";
import { faultyDocument } from "../chip/faults/faulty-document.js";
import { parseChipFault } from "../chip/faults.js";
import { derivedRandom } from "../chip/pki/keys.js";
import { simulatorAnchors } from "../chip/pki/simulator.js";
import { personalise } from "../chip/profiles/personalise.js";
import { transceiveWith } from "../chip/transceive.js";
import { createVirtualChip } from "../chip/virtual-chip.js";
import type { ConformanceCase } from "../crypto/conformance/case.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { ChipFiles, FileName } from "../lds/files.js";
import type { Transceive } from "../protocol.js";
import type { Verdict } from "../verification/report.js";
import { FAULT_ROWS, PROFILE_ROWS, type ReaderRow } from "./reader-rows.js";

/** A document that lies on the reader. */
export interface ReaderTask {
  readonly transceive: Transceive;
  readonly password: MrzPassword;
  /** Certificates of the authorities to trust, as DER. */
  readonly anchors: readonly Uint8Array[];
  /** The time of judgement. */
  readonly at: Date;
}

/** What a reader makes of it. */
export interface ReaderAnswer {
  readonly verdict: Verdict;
  readonly files: ChipFiles;
}

/** A reader of travel documents: opens the chip once, reads it, lets it prove itself, and judges. */
export interface ReaderUnderTest {
  /** May reject where the chip breaks off or refuses the password. */
  read(task: ReaderTask): Promise<ReaderAnswer>;
}

/**
 * What every reader must make of the simulator's documents and of its faults. For any test runner.
 *
 * Rows of quirks ask the reader to read on, rows of forgeries to say so, and in all of them it must not hand
 * out a byte that is not the chip's.
 */
export const readerCases = (
  reader: ReaderUnderTest,
  options: { readonly crypto?: CryptoProvider } = {},
): readonly ConformanceCase[] => {
  const { crypto = portableCrypto } = options;
  return [
    ...[...PROFILE_ROWS, ...FAULT_ROWS].map((row) => ({
      name: `${[row.profile, ...row.faults].join(" ")}: ${row.outcome}`,
      run: () => runRow(reader, row, crypto),
    })),
    ...(["bac-ecdsa", "pace-gm-p256"] as const).map((profile) => ({
      name: `${profile}, wrong password: one attempt and no other`,
      run: () => runWrongPassword(reader, profile, crypto),
    })),
  ];
};

const AT = "2026-06-01T00:00:00Z";

const laidDown = (row: Pick<ReaderRow, "profile" | "faults">, crypto: CryptoProvider) => {
  const { password, can: _, terminal: __, ...made } = personalise(row.profile, { crypto });
  const faults = row.faults.map(parseChipFault);
  const random = derivedRandom(`conformance ${row.profile}`, crypto);
  const chip = createVirtualChip(made, { crypto, random, faults });
  const task: ReaderTask = {
    transceive: transceiveWith(chip),
    password,
    anchors: simulatorAnchors(crypto),
    at: new Date(AT),
  };
  return { task, made: faultyDocument(made, faults, crypto) };
};

const runRow = async (
  reader: ReaderUnderTest,
  row: ReaderRow,
  crypto: CryptoProvider,
): Promise<void> => {
  const { task, made } = laidDown(row, crypto);
  let answer: ReaderAnswer;
  try {
    answer = await reader.read(task);
  } catch (cause) {
    if (row.outcome === "broken") return;
    throw new Error(`expected ${row.outcome}, found that the reader failed`, { cause });
  }
  const { verdict, files } = answer;
  for (const [name, bytes] of Object.entries(files)) {
    const own = made.files[name as FileName];
    if (!own || toHex(own) !== toHex(bytes)) {
      throw new Error(`expected ${name} as the chip has it, found other bytes`);
    }
  }
  if (row.outcome === "broken") {
    if (verdict === "authentic") throw new Error("expected a failure, found authentic");
    return;
  }
  if (verdict !== row.outcome) throw new Error(`expected ${row.outcome}, found ${verdict}`);
  for (const name of givenFiles(made.files, row, made.extendedAccess)) {
    if (!files[name]) throw new Error(`expected ${name}, found that it was not read`);
  }
};

/** EF.SOD and the groups that a reader without certificates of its own can have. */
const givenFiles = (
  files: ChipFiles,
  { without = [] }: ReaderRow,
  guarded: readonly number[],
): readonly FileName[] =>
  (Object.keys(files) as FileName[]).filter(
    (name) =>
      (name === "SOD" || /^DG\d+$/.test(name)) &&
      !without.includes(name) &&
      !guarded.some((group) => name === `DG${group}`),
  );

/** Commands that decide whether a password is right: EXTERNAL AUTHENTICATE, and GENERAL AUTHENTICATE with a token. */
const isAttempt = (command: Uint8Array): boolean =>
  command[1] === 0x82 || (command[1] === 0x86 && (command[0]! & 0x10) === 0);

const runWrongPassword = async (
  reader: ReaderUnderTest,
  profile: "bac-ecdsa" | "pace-gm-p256",
  crypto: CryptoProvider,
): Promise<void> => {
  const { task } = laidDown({ profile, faults: [] }, crypto);
  let attempts = 0;
  const transceive: Transceive = (command) => {
    if (isAttempt(command)) attempts++;
    return task.transceive(command);
  };
  const password = { ...task.password, documentNumber: "X00000000" };
  let files: ChipFiles = {};
  try {
    ({ files } = await reader.read({ ...task, transceive, password }));
  } catch {
    // A reader may say so by failing.
  }
  if (attempts !== 1) throw new Error(`expected one attempt, found ${attempts}`);
  if (Object.keys(files).some((name) => name !== "CardAccess")) {
    throw new Error("expected no file of a chip that was not opened");
  }
};
