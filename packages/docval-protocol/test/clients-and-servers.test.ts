import { equalBytes } from "@org/emrtd-core";
import { describe, expect, test } from "vitest";
import type { Frame } from "../src/channel.js";
import type { ClientProfileName } from "../src/testing/client-profiles.js";
import { chipOf, type DocumentName } from "./support/documents.js";
import { run } from "./support/run.js";

const CLIENTS: readonly (readonly [ClientProfileName, 1 | 2])[] = [
  ["android-2.1.26", 2],
  ["ios-2.1.2", 2],
  ["android-1.2.0", 1],
  ["ios-1.2.2", 1],
  ["spec", 1],
  ["spec", 2],
];

/** What each document comes to; where the client decides it, by whether it signs after chip authentication. */
const EXPECTED: Readonly<
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

describe.each(CLIENTS)("%s, version %i", (as, version) => {
  test.each(Object.entries(EXPECTED))("%s", async (document, expected) => {
    const { report, posted, end } = await run({
      as,
      version,
      document: document as DocumentName,
      result: true,
    });
    const active =
      as === "android-2.1.26"
        ? (expected.activeWithoutSigning ?? expected.active)
        : expected.active;
    expect(report.close).toEqual({ by: "server", code: 1000, reason: "", posted: true });
    expect(end).toMatchObject({ by: "server", close: { code: 1000, reason: "" } });
    expect(posted).toMatchObject({
      passiveAuthentication: expected.passive,
      chipAuthenticationResult: expected.chip,
      activeAuthenticationResult: active,
      mrzInfo: { primaryIdentifier: "ERIKSSON", secondaryIdentifier: ["ANNA", "MARIA"] },
    });
    expect(report.result).toEqual(posted);
  });

  test("a result that nobody asked for is posted only", async () => {
    const { report, posted } = await run({ as, version, document: "aa" });
    expect(posted?.passiveAuthentication).toBe(true);
    expect(report).toEqual({ close: { by: "server", code: 1000, reason: "", posted: true } });
  });

  test("a copy without the key of DG14 is no document at all", async () => {
    const { report, posted } = await run({ as, version, document: "cloned-ca", result: true });
    if (version === 2) {
      expect(report.close.reason).toBe("EMRTD_PASSPORT_READER_ERROR");
      expect(posted).toBeUndefined();
    } else {
      expect(posted).toMatchObject({ chipAuthenticationResult: "FAILED" });
    }
  });

  test("a chip that is lost while the server drives it", async () => {
    const whole = await run({ as, version, document: "ca-aes" });
    const first = whole.pair.log.find(({ by, frame }) => by === "server" && isCommand(frame));
    const command = (first!.frame as Uint8Array).subarray(version === 2 ? 1 : 0);
    const before = whole.chip.commands.findIndex((sent) => equalBytes(sent, command));
    for (const after of [before, before + 1, before + 3]) {
      const document = chipOf("ca-aes", { faults: [{ fault: "tag-lost", after }] });
      const { report, posted, end } = await run({ as, version, document, result: true });
      expect(posted).toBeUndefined();
      expect(report.close.posted).toBe(false);
      if (as === "ios-2.1.2") {
        // The client answers for the chip, and the server ends it.
        expect(report.close).toMatchObject({ by: "server", reason: "EMRTD_PASSPORT_READER_ERROR" });
      } else {
        const reason = version === 2 ? "NFC_CHIP_COMMUNICATION_FAILED" : "COMMUNICATION_FAILED";
        expect(report.close).toMatchObject({ by: "client", code: 1001, reason });
        expect(end).toMatchObject({ by: "client" });
      }
    }
  });
});

/** An APDU of either version. */
const isCommand = (frame: Frame): boolean => typeof frame !== "string" && frame[0] !== 0x01;

test("a hundred orders of files come to one result", async () => {
  const results = new Set<string>();
  const orders = new Set<string>();
  for (let seed = 1; seed <= 100; seed++) {
    const { posted, pair } = await run({ as: "ios-2.1.2", version: 2, document: "both", seed });
    orders.add(
      pair.log
        .flatMap(({ by, frame }) =>
          by === "client" && typeof frame !== "string" && frame[0] === 1
            ? [new TextDecoder().decode(frame.subarray(2, 2 + frame[1]!))]
            : [],
        )
        .join(),
    );
    results.add(JSON.stringify({ ...posted, facePhoto: null }));
  }
  expect(orders.size).toBeGreaterThan(50);
  expect(results.size).toBe(1);
});
