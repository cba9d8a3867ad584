import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { nodeCrypto } from "../src/node/index.js";
import { createTrustStore } from "../src/trust/store.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { deviations } from "./support/judged.js";
import { withFlippedBit } from "./support/test-document.js";
import vectors from "./vectors/openssl-signed-data.json" with { type: "json" };

const at = new Date(vectors.judgedAt);
const groups = { DG1: fromHex(vectors.dg1), DG2: fromHex(vectors.dg2) };

describe.each([portableCrypto, nodeCrypto])("documents signed by OpenSSL, with $name", (crypto) => {
  describe.each(vectors.rows)("$name", (row) => {
    const SOD = fromHex(row.sod);
    const sources = [{ type: "certificate" as const, bytes: fromHex(row.csca) }];
    if (row.expect.deviations.includes("SIGNER_CERTIFICATE_ABSENT")) {
      sources.push({ type: "certificate", bytes: fromHex(row.documentSigner) });
    }
    const trust = createTrustStore(sources, { crypto });

    test("is authentic", () => {
      const report = verifyDocument({ SOD, ...groups }, trust, { at, crypto });
      expect(report.verdict).toBe("authentic");
      expect(report.signer.signatureAlgorithm).toBe(row.expect.signatureAlgorithm);
      expect(new Set(deviations(report))).toEqual(new Set(row.expect.deviations));
      const signature = report.checks.find(({ id }) => id === "sod-signature");
      const saltLength = "saltLength" in row.expect ? row.expect.saltLength : null;
      expect(signature?.detail["saltLength"]).toBe(saltLength);
    });

    test("is not with another signature", () => {
      const report = verifyDocument(
        { SOD: withFlippedBit(SOD, lastOfSignature(SOD)), ...groups },
        trust,
        {
          at,
          crypto,
        },
      );
      // Where there are two signers, the other one still stands, and the report says so.
      expect([
        report.verdict,
        report.deviations.some(({ code }) => code === "SIGNER_UNVERIFIED"),
      ]).toEqual(row.name === "two signers" ? ["authentic", true] : ["not-authentic", false]);
    });

    test("is not with another data group", () => {
      const DG2 = withFlippedBit(groups.DG2, -1);
      const report = verifyDocument({ SOD, ...groups, DG2 }, trust, { at, crypto });
      expect(report.verdict).toBe("not-authentic");
    });

    test("is undetermined under another authority", () => {
      const other = vectors.rows.find(({ name }) => name !== row.name)!;
      const strangers = createTrustStore([
        ...sources.slice(1),
        { type: "certificate", bytes: fromHex(other.csca) },
      ]);
      const report = verifyDocument({ SOD, ...groups }, strangers, { at, crypto });
      expect(report.verdict).toBe("undetermined");
    });
  });
});

/** The signature ends the file, but for end-of-contents octets. */
const lastOfSignature = (sod: Uint8Array): number =>
  sod.length - 1 - [...sod].reverse().findIndex((byte) => byte !== 0);
