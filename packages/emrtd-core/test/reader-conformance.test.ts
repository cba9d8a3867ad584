import { describe, expect, test } from "vitest";
import type { ChipEvidence } from "../src/authentication/evidence.js";
import { CHIP_FAULTS } from "../src/chip/faults.js";
import {
  type ReaderAnswer,
  type ReaderTask,
  type ReaderUnderTest,
  readerCases,
} from "../src/conformance/reader.js";
import { FAULT_ROWS } from "../src/conformance/reader-rows.js";
import type { ChipFiles } from "../src/lds/files.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive, type Transceive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { DEFAULT_READ_PLAN, type ReadPlan } from "../src/reader/read-plan.js";
import { createTrustStore } from "../src/trust/store.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";

const crypto = nodeCrypto;

const judge = (
  files: ChipFiles,
  { anchors, at }: ReaderTask,
  evidence: readonly ChipEvidence[],
): ReaderAnswer => {
  const sources = anchors.map((bytes) => ({ type: "certificate", bytes }) as const);
  const trust = createTrustStore(sources, { crypto });
  return { files, verdict: verifyDocument(files, trust, { at, evidence, crypto }).verdict };
};

const readWith = (task: ReaderTask, plan: Partial<ReadPlan> = {}) => {
  const options = { random: countingRandom(31), crypto, plan: { ...DEFAULT_READ_PLAN, ...plan } };
  return drive(readDocument(task.password, options), task.transceive);
};

/** The reader of this package, as its first page shows it. */
const ownReader: ReaderUnderTest = {
  async read(task) {
    const { files, evidence, failure } = await readWith(task);
    if (failure) throw failure;
    return judge(files, task, evidence);
  },
};

/** The same with something between it and the chip. */
const over = (between: (transceive: Transceive) => Transceive): ReaderUnderTest => ({
  read: (task) => ownReader.read({ ...task, transceive: between(task.transceive) }),
});

/** Readers as they are met, and the cases that find them out. */
const PLANTED: readonly (readonly [string, ReaderUnderTest, ...cases: readonly string[]])[] = [
  [
    "asks for no proof of the chip",
    {
      async read(task) {
        const { files, failure } = await readWith(task);
        if (failure) throw failure;
        return judge(files, task, []);
      },
    },
    "cloned: not-authentic",
    "ca-aes cloned-key=DG14: not-authentic",
    "pace-cam cloned-key=CardSecurity: not-authentic",
    "bac-ecdsa signing=refused: undetermined",
  ],
  [
    "believes what it reads",
    {
      async read(task) {
        const { files, failure } = await readWith(task);
        if (failure) throw failure;
        return { files, verdict: "authentic" };
      },
    },
    "tampered: not-authentic",
    "untrusted: undetermined",
    "bac-ecdsa wrong-hash=DG12: not-authentic",
    "bac-ecdsa altered-file=SOD: not-authentic",
  ],
  [
    "calls a document authentic of which it got the half",
    {
      async read(task) {
        const { files } = await readWith(task);
        return { files, verdict: "authentic" };
      },
    },
    "bac-ecdsa wrong-ssc=7: broken",
    "bac-ecdsa tag-lost=30: broken",
  ],
  [
    "asks for 256 bytes or none",
    {
      async read(task) {
        const { files, evidence, failure } = await readWith(task, { le: [256] });
        if (failure) throw failure;
        return judge(files, task, evidence);
      },
    },
    "bac-ecdsa le-limit=120:6700: authentic",
    "bac-ecdsa le-refused=231:empty: authentic",
  ],
  [
    "does not fetch what 61xx promises",
    over((transceive) => async (command) => {
      const answer = await transceive(command);
      if (answer.at(-2) === 0x61) answer.set([0x90, 0x00], answer.length - 2);
      return answer;
    }),
    "bac-rsa response-chaining=100: authentic",
    "pace-gm-dh response-chaining=64: authentic",
  ],
  [
    "never names the parameters of PACE",
    over(
      (transceive) => (command) =>
        command[1] === 0x22 && command.at(-3) === 0x84
          ? Promise.resolve(Uint8Array.of(0x6a, 0x80))
          : transceive(command),
    ),
    "pace-gm-brainpool parameter-id-wanted=6a87: authentic",
  ],
  [
    "hands out files that are not the chip's",
    {
      async read(task) {
        const { files, verdict } = await ownReader.read(task);
        return { verdict, files: { ...files, DG1: Uint8Array.of(0x61, 0) } };
      },
    },
    "bac-ecdsa: authentic",
  ],
  [
    "tries a password again",
    {
      read: (task) => ownReader.read(task).catch(() => ownReader.read(task)),
    },
    "bac-ecdsa, wrong password: one attempt and no other",
    "pace-gm-p256, wrong password: one attempt and no other",
  ],
  [
    "goes on to basic access control whatever PACE said",
    {
      read: (task) =>
        ownReader.read(task).catch(async () => {
          const access = { protocol: "bac", bacAfterPaceFailure: false } as const;
          const { files, evidence, failure } = await readWith(task, { access });
          if (failure) throw failure;
          return judge(files, task, evidence);
        }),
    },
    "pace-gm-p256, wrong password: one attempt and no other",
  ],
];

describe("the reader does what every reader must", () => {
  test.each(readerCases(ownReader, { crypto }).map((one) => [one.name, one] as const))(
    "%s",
    (_, one) => one.run(),
  );

  test("every fault is among the cases", () => {
    const tried = FAULT_ROWS.flatMap(({ faults }) => faults.map((text) => text.split("=")[0]!));
    expect([...new Set(tried)].sort()).toEqual(Object.keys(CHIP_FAULTS).sort());
  });
});

describe("a reader that does not is found out", () => {
  test.each(PLANTED.map(([name, reader, ...cases]) => [name, reader, cases] as const))(
    "one that %s",
    async (_, reader, expected) => {
      const failed: string[] = [];
      for (const { name, run } of readerCases(reader, { crypto })) {
        if (expected.includes(name)) await run().catch(() => failed.push(name));
      }
      expect(failed).toEqual(expect.arrayContaining([...expected]));
    },
  );
});
