import fc from "fast-check";
import { describe, test } from "vitest";
import {
  anyBiometricGroup,
  anyBlock39794,
  anyDg1,
  anyDg11,
  anyFaceRecord,
  anyFingerRecord,
  anyIrisRecord,
  anySecurityInfos,
} from "../src/arbitraries.js";
import {
  biometricRecords,
  encodeBlock39794,
  encodeFaceRecord,
  encodeFingerRecord,
  encodeIrisRecord,
  readImageInfo,
} from "../src/biometrics/index.js";
import { portraitImage } from "../src/chip/portrait.js";
import {
  decodeDg1,
  decodeDg2,
  decodeDg11,
  decodeDg14,
  encodeDg1,
  encodeDg2,
  encodeDg11,
  encodeDg14,
} from "../src/lds/index.js";
import { decodesOrRefuses } from "./support/fuzz.js";

const RUNS = 300_000;

describe("hundreds of thousands of inputs are decoded or refused", () => {
  test("DG1", () => decodesOrRefuses(decodeDg1, anyDg1().map(encodeDg1), RUNS));

  test("DG2 and every record within", () => {
    const block = fc.oneof(
      anyFaceRecord().map(encodeFaceRecord),
      anyFingerRecord().map(encodeFingerRecord),
      anyIrisRecord().map(encodeIrisRecord),
      anyBlock39794().map(encodeBlock39794),
    );
    const encoded = anyBiometricGroup(block).map(encodeDg2);
    decodesOrRefuses((bytes) => biometricRecords(decodeDg2(bytes)), encoded, RUNS);
  });

  test("DG11", () => decodesOrRefuses(decodeDg11, anyDg11().map(encodeDg11), RUNS));

  test("DG14", () => {
    const encoded = anySecurityInfos().map((securityInfos) => encodeDg14({ securityInfos }));
    decodesOrRefuses(decodeDg14, encoded, RUNS);
  });

  test("image headers", () => {
    const images = (["JPEG", "JPEG 2000"] as const).map((format) =>
      portraitImage(format).subarray(0, 700),
    );
    decodesOrRefuses(readImageInfo, fc.constantFrom(...images), RUNS);
  });
});
