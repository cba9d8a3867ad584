import { expect } from "vitest";
import type { ClientProfileName } from "../../src/testing/client-profiles.js";
import type { DocumentName } from "./documents.js";
import { run } from "./run.js";

/** Every client, with each version that it speaks. */
export const CLIENTS: readonly (readonly [ClientProfileName, 1 | 2])[] = [
  ["android-2.1.26", 2],
  ["ios-2.1.2", 2],
  ["android-1.2.0", 1],
  ["ios-1.2.2", 1],
  ["spec", 1],
  ["spec", 2],
];

/** What each document comes to; where the client decides it, by whether it signs after chip authentication. */
export const EXPECTED: Readonly<
  Partial<
    Record<
      DocumentName,
      { passive: boolean; chip: string; active: string; activeWithoutSigning?: string }
    >
  >
> = {
  bac: { passive: true, chip: "UNAVAILABLE", active: "SUCCESS" },
  pace: { passive: true, chip: "UNAVAILABLE", active: "SUCCESS" },
  "ca-aes": { passive: true, chip: "SUCCESS", active: "UNAVAILABLE" },
  "ca-3des": { passive: true, chip: "SUCCESS", active: "UNAVAILABLE" },
  aa: { passive: true, chip: "UNAVAILABLE", active: "SUCCESS" },
  both: {
    passive: true,
    chip: "SUCCESS",
    active: "SUCCESS",
    activeWithoutSigning: "UNAVAILABLE",
  },
  "ca-absent": { passive: true, chip: "UNAVAILABLE", active: "SUCCESS" },
  "td1-id-card": { passive: true, chip: "SUCCESS", active: "UNAVAILABLE" },
  tampered: { passive: false, chip: "UNAVAILABLE", active: "SUCCESS" },
  cloned: { passive: true, chip: "UNAVAILABLE", active: "FAILED" },
};

/** Documents that have something to say about the difference between clients. */
export const TELLING: readonly DocumentName[] = ["ca-3des", "both", "cloned"];

/** One client with one document: how it ends, what is posted, what is returned. */
export const holds = async (
  as: ClientProfileName,
  version: 1 | 2,
  document: DocumentName,
  seed?: number,
): Promise<void> => {
  const expected = EXPECTED[document]!;
  const { report, posted, end } = await run({
    as,
    version,
    document,
    result: true,
    ...(seed === undefined ? {} : { seed }),
  });
  const active =
    as === "android-2.1.26" ? (expected.activeWithoutSigning ?? expected.active) : expected.active;
  expect(report.close).toEqual({ by: "server", code: 1000, reason: "", posted: true });
  expect(end).toMatchObject({ by: "server", close: { code: 1000, reason: "" } });
  expect(posted).toMatchObject({
    passiveAuthentication: expected.passive,
    chipAuthenticationResult: expected.chip,
    activeAuthenticationResult: active,
    mrzInfo: { primaryIdentifier: "ERIKSSON", secondaryIdentifier: ["ANNA", "MARIA"] },
  });
  expect(report.result).toEqual(posted);
};
