import {
  averageScore,
  formatSeconds,
  nfiq1OfScore,
  parseBioSubType,
  parseDeviceStatus,
  parseDeviceSubType,
  parseEnvironment,
  parseLevel,
  parseModality,
  parsePurpose,
  parseTime,
  scoreOfNfiq1,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";

describe("words of every version", () => {
  test.each([
    ["Fingerprint", "finger"],
    ["Slab Fingerprint", "finger"],
    ["Finger", "finger"],
    ["FIR", "finger"],
    ["FMR", "finger"],
    ["IIR", "iris"],
    ["Iris", "iris"],
    ["Face", "face"],
    ["Vein", undefined],
    ["Biometric Device", undefined],
  ])("%s is a device for %s", (word, meant) => {
    expect(parseModality(word)).toBe(meant);
  });

  test.each([
    ["LF_INDEX", "left-index"],
    ["RF_THUMB", "right-thumb"],
    ["Left IndexFinger", "left-index"],
    ["Left Index", "left-index"],
    ["LEFT INDEX", "left-index"],
    ["Left Little Finger", "left-little"],
    ["L_IRIS", "left"],
    ["Left Iris", "left"],
    ["LEFT", "left"],
    ["Right", "right"],
    ["UNKNOWN", "unknown"],
    ["Middle Finger", undefined],
    ["constructor", undefined],
  ])("%s is %s", (word, meant) => {
    expect(parseBioSubType(word)).toBe(meant);
  });

  test("others", () => {
    expect([parseDeviceSubType("Slab"), parseDeviceSubType("Slap")]).toEqual(["slap", "slap"]);
    expect(parseDeviceSubType("Full face")).toBe("full-face");
    expect([parsePurpose("E-Kyc"), parsePurpose("Enrollment")]).toEqual(["kyc", "registration"]);
    expect(["prod", "development", "stage"].map(parseEnvironment)).toEqual([
      "production",
      "developer",
      "staging",
    ]);
    expect([parseDeviceStatus("Active"), parseDeviceStatus("InActive")]).toEqual([
      "ready",
      "not-ready",
    ]);
    expect([parseLevel("SBI 1.0"), parseLevel("SBI 2.0")]).toEqual(["L0", "L1"]);
    expect(parsePurpose("toString")).toBeUndefined();
  });

  test("NFIQ 1.0 on the scale of 0 to 100", () => {
    expect([0, 20, 21, 40.5, 41, 60, 61, 80, 81, 100].map(nfiq1OfScore)).toEqual([
      5, 5, 4, 4, 3, 3, 2, 2, 1, 1,
    ]);
    expect(scoreOfNfiq1(2)).toBe(61);
    expect(averageScore([80, 60, 70, 90])).toBe(75);
  });
});

describe("times", () => {
  test.each([
    ["2019-02-15T10:01:57.086+05:30", "2019-02-15T04:31:57.086Z"],
    ["2020-12-08T09:39:37Z", "2020-12-08T09:39:37.000Z"],
    ["2020-12-08T09:39:37.123456789-0130", "2020-12-08T11:09:37.123Z"],
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(parseTime(text).toISOString()).toBe(iso);
  });

  test.each([
    "2019-02-15T10:01:57",
    "2019-02-30T10:01:57Z",
    "2019-13-01T10:01:57Z",
    "2019-02-15T24:01:57Z",
    "2019-02-15 10:01:57Z",
    "2019-02-15T10:01:57+25:00",
    "now",
  ])("%s is refused: no zone, or no such time", (text) => {
    expect(() => parseTime(text)).toThrow("expected");
  });

  test("whole seconds in UTC", () => {
    expect(formatSeconds(new Date(1_700_000_000_999))).toBe("2023-11-14T22:13:20Z");
  });
});
