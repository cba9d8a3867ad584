import { randomBytes } from "node:crypto";
import {
  createTrustStore,
  drive,
  type RandomBytes,
  readDocument,
  type Verdict,
  type VerificationReport,
  verifyDocument,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  createVirtualChip,
  type ProfileName,
  personalise,
  simulatorAnchors,
  transceiveWith,
} from "@org/emrtd-core/testing";
import type { Step } from "./step.js";

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

/** Makes a chip of a profile, reads it over secure messaging, and judges what it gave. */
const readAndVerify = async (profile: ProfileName): Promise<VerificationReport> => {
  const personalisation = personalise(profile, { crypto: nodeCrypto });
  const chip = createVirtualChip(personalisation, { crypto: nodeCrypto, random });
  const reading = await drive(
    readDocument(personalisation.password, { random, crypto: nodeCrypto }),
    transceiveWith(chip),
  );
  if (reading.failure !== null) throw reading.failure;
  const trust = createTrustStore(
    simulatorAnchors(nodeCrypto).map((bytes) => ({
      type: "certificate",
      bytes,
      origin: "simulator",
    })),
    { crypto: nodeCrypto },
  );
  const { files, evidence } = reading;
  return verifyDocument(files, trust, { at: new Date(), evidence, crypto: nodeCrypto });
};

const document = (step: string, profile: ProfileName, expected: Verdict): Step => ({
  step,
  protocol: "emrtd",
  async run() {
    const { verdict, access, checks } = await readAndVerify(profile);
    const failed = checks.filter(({ status }) => status === "failed");
    const passed = checks.filter(({ status }) => status === "passed");
    const grounds =
      failed.length > 0
        ? failed.map(({ id, reason }) => `${id} failed (${reason})`).join(", ")
        : `${passed.length} checks passed`;
    return {
      held: verdict === expected,
      proved: `${verdict}: opened by ${access.protocol} with ${access.cipher}, ${grounds}`,
    };
  },
});

export const EMRTD_STEPS: readonly Step[] = [
  document("a passport is read and proved", "bac-rsa", "authentic"),
  document("a portrait put in after signing is found", "tampered", "not-authentic"),
  document("a copy without the chip's key is found", "cloned", "not-authentic"),
];
