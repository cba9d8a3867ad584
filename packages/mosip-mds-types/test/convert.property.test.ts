import {
  type CaptureRequest,
  type Convertible,
  convertMessage,
  type DataBlock,
  MdsError,
  PROFILE_NAMES,
  PROFILES,
  type ProfileName,
} from "@org/mosip-mds-types";
import { anyCaptureRequest, anyDataBlock } from "@org/mosip-mds-types/arbitraries";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** The value without what was lost, and with what was assumed not looked at. */
const kept = (value: unknown, lost: readonly string[], path = ""): unknown => {
  if (Array.isArray(value)) {
    return value.map((item) => kept(item, lost, path));
  }
  if (value instanceof Date) {
    return lost.includes(`${path}.milliseconds`)
      ? new Date(1000 * Math.floor(value.getTime() / 1000))
      : value;
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const here = path === "" ? key : `${path}.${key}`;
      const gone = lost.some((entry) => entry === here || entry.startsWith(`${here}=`));
      return gone ? [] : [[key, kept(member, lost, here)]];
    }),
  );
};

describe.each(PROFILE_NAMES)("the neutral model down to %s and up again", (name) => {
  const profile = PROFILES[name];

  test.each(["captureRequest", "registrationCaptureRequest"] as const)(
    "%s: what was not lost is there",
    (kind) => {
      fc.assert(
        fc.property(anyCaptureRequest(), (request) => {
          const down = profile[kind].write(request);
          const up = profile[kind].read(down.value, { unknownFields: "refuse" });
          expect(up.lost).toEqual([]);
          expect(up.value).toMatchObject(kept(request, down.lost) as CaptureRequest);
        }),
        { numRuns: 40 },
      );
    },
  );

  test.each(["captureBlock", "registrationCaptureBlock"] as const)(
    "%s: what was not lost is there",
    (kind) => {
      fc.assert(
        fc.property(anyDataBlock(), (block) => {
          const down = profile[kind].write(block);
          const up = profile[kind].read(down.value);
          expect(up.value).toMatchObject(kept(block, down.lost) as DataBlock);
        }),
        { numRuns: 40 },
      );
    },
  );
});

/** Registrations of 0.9.2 have no transaction id, and later versions cannot do without one. */
const needsTransactionId = (from: ProfileName, to: ProfileName, kind: Convertible): boolean =>
  kind === "registrationCaptureRequest" &&
  from === "0.9.2" &&
  ["0.9.5", "sbi-1.0", "sbi-draft-1"].includes(to);

describe("from one version to another", () => {
  const pairs = PROFILE_NAMES.flatMap((from) => PROFILE_NAMES.map((to) => [from, to] as const));

  test.each(pairs)("%s to %s: every request arrives, less what the result lists", (from, to) => {
    fc.assert(
      fc.property(anyCaptureRequest(), (request) => {
        for (const kind of [
          "captureRequest",
          "registrationCaptureRequest",
        ] satisfies Convertible[]) {
          const text = PROFILES[from][kind].write(request).value;
          if (needsTransactionId(from, to, kind)) {
            expect(() => convertMessage(kind, text, PROFILES[from], PROFILES[to])).toThrow(
              "transactionId",
            );
            continue;
          }
          const { value, lost } = convertMessage(kind, text, PROFILES[from], PROFILES[to]);
          const arrived = PROFILES[to][kind].read(value).value;
          const sent = PROFILES[from][kind].read(text).value;
          const { specVersion: _, ...rest } = kept(sent, lost) as CaptureRequest;
          expect(arrived).toMatchObject(rest);
          if (from === to) {
            expect(value).toBe(text);
            expect(lost).toEqual([]);
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  test("what a version cannot say is listed", () => {
    const text = PROFILES["0.8.4"].registrationCaptureRequest.write({
      env: "production",
      purpose: "kyc",
      timeoutMs: 1000,
      captureTime: new Date(1_700_000_000_123),
      transactionId: "T-1234",
      registrationId: "R-1",
      bio: [{ wanted: "minutiae", count: 1, deviceId: "7" }],
    }).value;
    const { lost, assumed } = convertMessage(
      "registrationCaptureRequest",
      text,
      PROFILES["0.8.4"],
      PROFILES["sbi-1.0"],
    );
    expect(lost).toEqual([
      "registrationId",
      "purpose=kyc",
      "captureTime.milliseconds",
      "bio.deviceId",
      "bio.wanted=minutiae",
    ]);
    expect(assumed).toEqual([]);
  });

  test("a field that the second version demands and the first has not is listed as assumed", () => {
    const text = PROFILES["0.8.4"].captureRequest.write({
      env: "production",
      purpose: "auth",
      timeoutMs: 1000,
      captureTime: new Date(1_700_000_000_000),
      transactionId: "T-1234",
      bio: [{ wanted: "iris", count: 2 }],
    }).value;
    const { assumed } = convertMessage(
      "captureRequest",
      text,
      PROFILES["0.8.4"],
      PROFILES["0.9.2"],
    );
    expect(assumed).toEqual(["domainUri"]);
  });

  test("a text that is no message of the first version is refused", () => {
    expect(() =>
      convertMessage("captureRequest", "{}", PROFILES["0.9.5"], PROFILES["0.8.4"]),
    ).toThrow(MdsError);
  });
});
