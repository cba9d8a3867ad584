import { describe, expect, test } from "vitest";
import { decodeEvidence, encodeEvidence } from "../src/authentication/evidence-json.js";
import { replayEvidence } from "../src/authentication/replay-evidence.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import type { ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { EmrtdError } from "../src/errors.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { countingRandom } from "./support/counting-random.js";

const read = async (name: ProfileName) => {
  const document = personalise(name, { crypto: nodeCrypto });
  const chip = createVirtualChip(document, { random: countingRandom(4), crypto: nodeCrypto });
  const options = { random: countingRandom(9), crypto: nodeCrypto };
  return drive(readDocument(document.password, options), transceiveWith(chip));
};

const PROOFS = [
  ["bac-rsa", "active-authentication"],
  ["bac-ecdsa", "active-authentication"],
  ["ca-aes", "chip-authentication"],
  ["ca-3des", "chip-authentication"],
  ["pace-cam", "chip-authentication-mapping"],
] as const;

describe.each(PROOFS)("the proof of %s", (name, protocol) => {
  test("is the same on another machine, from text and with other cryptography", async () => {
    const { evidence, files } = await read(name);
    const received = decodeEvidence(encodeEvidence(evidence));
    expect(received).toEqual(evidence);
    expect(replayEvidence(received, files, { crypto: portableCrypto })).toEqual([
      { protocol, status: "passed" },
    ]);
  });

  test("is none with one bit of any of its byte strings altered", async () => {
    const { evidence, files } = await read(name);
    const text = encodeEvidence(evidence);
    const places = [...text.matchAll(/"hex":"([0-9a-f]+)"/g)];
    expect(places.length).toBeGreaterThan(1);
    for (const { index, 1: digits } of places) {
      const last = index + '"hex":"'.length + digits!.length - 1;
      const altered = (Number.parseInt(text[last]!, 16) ^ 1).toString(16);
      const received = decodeEvidence(text.slice(0, last) + altered + text.slice(last + 1));
      const [proof] = replayEvidence(received, files, { crypto: nodeCrypto });
      expect(proof?.status).toBe("failed");
    }
  });
});

test.each([
  ["nothing", ""],
  ["an object", "{}"],
  ["an item without a protocol", "[{}]"],
  ["bytes that are none", '[{"protocol":"active-authentication","challenge":{"hex":"0"}}]'],
  ["an access that is none", '[{"protocol":"access-control","access":{"downgraded":1}}]'],
  ["a number that is none", '[{"protocol":"chip-authentication","oid":"1","keyId":-1}]'],
])("%s is no evidence", (_, text) => {
  expect(() => decodeEvidence(text)).toThrow(EmrtdError);
});
