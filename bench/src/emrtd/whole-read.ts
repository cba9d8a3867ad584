import { randomBytes } from "node:crypto";
import {
  createTrustStore,
  decodeTape,
  drive,
  encodeTape,
  portableCrypto,
  readDocument,
  recordTape,
  replayTape,
  verifyDocument,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { createVirtualChip, personalise, simulatorAnchors } from "@org/emrtd-core/testing";
import type { Contest } from "../harness.js";

const random = (length: number) => new Uint8Array(randomBytes(length));

/** A whole reading and its judgement, the terminal alone: the chip's answers come from a recording. */
export const wholeRead = async (): Promise<Contest> => {
  const document = personalise("pace-gm-brainpool", { crypto: nodeCrypto });
  const chip = createVirtualChip(document, { random, crypto: nodeCrypto });
  const recorder = recordTape({ transceive: async (command) => chip.receive(command), random });
  await drive(
    readDocument(document.password, { random: recorder.random, crypto: nodeCrypto }),
    recorder.transceive,
  );
  const tape = decodeTape(encodeTape(recorder.tape()));
  const trust = createTrustStore(
    simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes }) as const),
    { crypto: nodeCrypto },
  );
  const read = async (crypto: typeof nodeCrypto) => {
    const replay = replayTape(tape);
    const reading = await drive(
      readDocument(document.password, { random: replay.random, crypto }),
      replay.transceive,
    );
    const { files, evidence } = reading;
    return verifyDocument(files, trust, { at: new Date(), evidence, crypto });
  };
  return {
    title: "a whole reading of pace-gm-brainpool and its judgement, terminal only",
    baseline: "with nodeCrypto",
    contestants: {
      "with nodeCrypto": () => read(nodeCrypto),
      "with portableCrypto": () => read(portableCrypto),
    },
    budgets: [],
  };
};
