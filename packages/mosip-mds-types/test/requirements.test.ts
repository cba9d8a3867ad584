import {
  allowedOperations,
  CAPABILITIES,
  type Claim,
  COMPLIANCE,
  type DescribedCapabilities,
  findLacks,
  MODALITIES,
  PROFILES,
  readQrPayload,
  writeQrPayload,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";

/** A device that claims exactly what its table demands. */
const perfect = (
  modality: DescribedCapabilities["modality"],
  use: DescribedCapabilities["use"],
): DescribedCapabilities => {
  const claims: Record<string, Claim> = {};
  for (const { factor, demands } of CAPABILITIES[modality]) {
    const demand = demands[use];
    if (demand?.kind === "all-of") {
      claims[factor] = demand.names;
    } else if (demand?.kind === "covers" || demand?.kind === "within") {
      claims[factor] = { from: demand.from, to: demand.to };
    } else if (demand !== undefined) {
      claims[factor] =
        demand.value + (demand.kind === "above" ? 0.001 : demand.kind === "below" ? -0.001 : 0);
    }
  }
  return { modality, use, level: "L1", claims, operations: allowedOperations("L1", use) };
};

describe("capabilities of MDS 0.8.4, section 3", () => {
  const kinds = MODALITIES.flatMap((modality) =>
    (["registration", "authentication"] as const).map((use) => [modality, use] as const),
  );

  test("the tables have all their rows", () => {
    expect(MODALITIES.map((modality) => CAPABILITIES[modality].length)).toEqual([14, 15, 9]);
  });

  test.each(kinds)("%s for %s: what keeps every row lacks nothing", (modality, use) => {
    expect(findLacks(perfect(modality, use))).toEqual([]);
  });

  test.each(kinds)("%s for %s: each row that is left out is a lack of its own", (modality, use) => {
    const device = perfect(modality, use);
    for (const factor of Object.keys(device.claims)) {
      const { [factor]: _, ...claims } = device.claims;
      expect(findLacks({ ...device, claims })).toMatchObject([{ factor, found: "nothing" }]);
    }
  });

  test.each(kinds)(
    "%s for %s: a value at the wrong side of its bound is a lack",
    (modality, use) => {
      const device = perfect(modality, use);
      for (const { factor, demands } of CAPABILITIES[modality]) {
        const demand = demands[use];
        if (demand === undefined) {
          continue;
        }
        const wrong: Claim =
          demand.kind === "all-of"
            ? []
            : demand.kind === "covers"
              ? { from: demand.from + 1, to: demand.to }
              : demand.kind === "within"
                ? demand.to + 1
                : demand.kind === "above" || demand.kind === "at-least"
                  ? demand.value - 0.5
                  : demand.value + 0.5;
        const claims = { ...device.claims, [factor]: wrong };
        expect(findLacks({ ...device, claims }).map((lack) => lack.factor)).toEqual([factor]);
      }
    },
  );

  test("500 dpi are enough where more than 500 native are not", () => {
    const device = perfect("finger", "registration");
    const claims = { ...device.claims, "minimum resolution": 500, dpi: 500 };
    expect(findLacks({ ...device, claims })).toEqual([
      {
        factor: "minimum resolution",
        expected: "above 500 native dpi",
        found: "500",
        countryDecides: false,
      },
    ]);
  });
});

describe("compliance of MDS 0.8.4, section 8", () => {
  test("capture is for L1 alone", () => {
    expect(COMPLIANCE.capture).toEqual(["L1"]);
    expect(allowedOperations("L0", "authentication")).toEqual(["device discovery", "device info"]);
    expect(allowedOperations("L1", "registration")).toEqual([
      "device discovery",
      "device info",
      "device stream",
      "registration capture",
    ]);
  });

  test("what is served and may not be is named", () => {
    const device = perfect("iris", "registration");
    const operations = [...device.operations, "capture" as const];
    expect(findLacks({ ...device, level: "L0", operations })).toMatchObject([
      { factor: "capture", found: "served" },
    ]);
  });
});

describe("the printed identity", () => {
  const id = { serialNo: "202600001001", make: "Utopia", model: "SIM-1" };

  test("is 12 digits in 0.8.4, and letters too since 0.9.5", () => {
    expect(readQrPayload(writeQrPayload(id, PROFILES["0.8.4"]), PROFILES["0.8.4"])).toEqual(id);
    const letters = { ...id, serialNo: "ABC123456789XYZ" };
    expect(() => writeQrPayload(letters, PROFILES["0.8.4"])).toThrow("12 digits");
    expect(() => writeQrPayload(letters, PROFILES["0.9.2"])).toThrow("digits");
    expect(readQrPayload(writeQrPayload(letters, PROFILES["0.9.5"]), PROFILES["0.9.5"])).toEqual(
      letters,
    );
    expect(() => writeQrPayload({ ...id, make: "" }, PROFILES["0.8.4"])).toThrow("make");
    expect(() => readQrPayload('{"serialNo":1}', PROFILES["0.8.4"])).toThrow("serialNo");
    expect(() => readQrPayload("x", PROFILES["0.8.4"])).toThrow("JSON");
  });
});
