import { describe, expect, test } from "vitest";
import { CHIP_FAULTS } from "../src/chip/faults.js";
import { type ReaderUnderTest, readerCases } from "../src/conformance/reader.js";
import { FAULT_ROWS } from "../src/conformance/reader-rows.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { createTrustStore } from "../src/trust/store.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";

const crypto = nodeCrypto;

/** The reader of this package, as its first page shows it. */
const ownReader: ReaderUnderTest = {
  async read({ transceive, password, anchors, at }) {
    const reading = await drive(
      readDocument(password, { random: countingRandom(31), crypto }),
      transceive,
    );
    if (reading.failure) throw reading.failure;
    const { files, evidence } = reading;
    const sources = anchors.map((bytes) => ({ type: "certificate", bytes }) as const);
    const trust = createTrustStore(sources, { crypto });
    return { files, verdict: verifyDocument(files, trust, { at, evidence, crypto }).verdict };
  },
};

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
