import type { Password } from "../../src/access/password.js";
import { fromHex, toHex } from "../../src/bytes.js";
import { parseChipFault } from "../../src/chip/faults.js";
import type { ChipPersonalisation } from "../../src/chip/personalisation.js";
import { simulatorAnchors } from "../../src/chip/pki/simulator.js";
import { HOLDER_PASSWORD } from "../../src/chip/profiles/holder.js";
import { personalise } from "../../src/chip/profiles/personalise.js";
import type { ProfileName } from "../../src/chip/profiles/profiles.js";
import { createVirtualChip } from "../../src/chip/virtual-chip.js";
import type { ChipFiles } from "../../src/lds/files.js";
import { nodeCrypto as crypto } from "../../src/node/index.js";
import { drive } from "../../src/protocol.js";
import type { DocumentReading } from "../../src/reader/document-reading.js";
import { readDocument } from "../../src/reader/read-document.js";
import { DEFAULT_READ_PLAN, type ReadPlan } from "../../src/reader/read-plan.js";
import { createTrustStore } from "../../src/trust/store.js";
import type { CheckId, VerificationReport } from "../../src/verification/report.js";
import { verifyDocument } from "../../src/verification/verify-document.js";
import { countingRandom } from "./counting-random.js";

export interface ProfileReading {
  readonly faults?: readonly string[];
  readonly change?: (made: ChipPersonalisation) => ChipPersonalisation;
  readonly password?: Password;
  readonly plan?: Partial<ReadPlan>;
  /** Answers in place of the chip, by the command's digits. */
  readonly instead?: (command: string) => string | undefined;
}

export interface ReadProfile {
  readonly reading: DocumentReading;
  readonly report: VerificationReport;
  readonly check: (id: CheckId) => VerificationReport["checks"][number];
  /** Every command, as digits. */
  readonly sent: readonly string[];
  /** What the chip holds. */
  readonly files: ChipFiles;
}

const trust = createTrustStore(
  simulatorAnchors(crypto).map((bytes) => ({ type: "certificate", bytes }) as const),
  { crypto },
);

/** Reads the chip of a profile, with or without faults, and judges what was read as the simulator's. */
export const readProfile = async (
  profile: ProfileName,
  options: ProfileReading = {},
): Promise<ReadProfile> => {
  const { password: _, can: __, terminal: ___, ...own } = personalise(profile, { crypto });
  const made = options.change?.(own) ?? own;
  const faults = (options.faults ?? []).map(parseChipFault);
  const chip = createVirtualChip(made, { crypto, random: countingRandom(61), faults });
  const sent: string[] = [];
  const plan = { ...DEFAULT_READ_PLAN, ...options.plan };
  const protocol = readDocument(options.password ?? HOLDER_PASSWORD, {
    random: countingRandom(62),
    crypto,
    plan,
  });
  const reading = await drive(protocol, async (command) => {
    const digits = toHex(command);
    sent.push(digits);
    const answer = options.instead?.(digits);
    return answer === undefined ? chip.receive(command) : fromHex(answer);
  });
  const { files, evidence } = reading;
  const at = new Date("2026-06-01T00:00:00Z");
  const report = verifyDocument(files, trust, { at, evidence, crypto });
  const check = (id: CheckId) => report.checks.find((row) => row.id === id)!;
  return { reading, report, check, sent, files: made.files };
};
