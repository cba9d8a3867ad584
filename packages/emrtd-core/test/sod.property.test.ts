import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import { EmrtdError } from "../src/errors.js";
import type { DataGroupNumber } from "../src/lds/files.js";
import { decodeLdsSecurityObject, decodeSod, encodeLdsSecurityObject } from "../src/lds/sod.js";
import { nodeCrypto } from "../src/node/index.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { decodesOrRefuses } from "./support/fuzz.js";
import { makeAuthority, makeFiles, NOW, trusting } from "./support/test-document.js";
import vectors from "./vectors/openssl-signed-data.json" with { type: "json" };

const sods = fc.constantFrom(...vectors.rows.map(({ sod }) => fromHex(sod)));

const ldsSecurityObject = fc.record(
  {
    version: fc.constantFrom(0, 1),
    hashAlgorithm: fc.constantFrom("2.16.840.1.101.3.4.2.1", "1.3.14.3.2.26"),
    dataGroupHashes: fc
      .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 16 }), fc.uint8Array({ maxLength: 64 })), {
        minLength: 1,
        selector: ([group]) => group,
      })
      .map((entries) => new Map(entries as [DataGroupNumber, Uint8Array][])),
    ldsVersionInfo: fc.constant({ ldsVersion: "0108", unicodeVersion: "040000" }),
  },
  { requiredKeys: ["version", "hashAlgorithm", "dataGroupHashes"] },
);

describe("LDSSecurityObject", () => {
  test("what is encoded is decoded", () => {
    fc.assert(
      fc.property(ldsSecurityObject, (object) => {
        expect(decodeLdsSecurityObject(encodeLdsSecurityObject(object))).toEqual(object);
      }),
    );
  });

  test("what is decoded is encoded to the same bytes", () => {
    fc.assert(
      fc.property(ldsSecurityObject.map(encodeLdsSecurityObject), (bytes) => {
        expect(encodeLdsSecurityObject(decodeLdsSecurityObject(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe("whatever bytes come", () => {
  test("EF.SOD is decoded or refused", () => {
    decodesOrRefuses(decodeSod, sods, 10_000);
  });

  test("a certificate is decoded or refused, field by field", () => {
    const certificates = fc.constantFrom(
      ...vectors.rows.map(({ documentSigner }) => fromHex(documentSigner)),
    );
    decodesOrRefuses(readEveryField, certificates, 3_000);
  });

  const files = makeFiles();
  const trust = trusting(makeAuthority());
  test("a document with one byte of its EF.SOD changed is judged, and never gains", () => {
    fc.assert(
      fc.property(fc.nat(files.SOD.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const SOD = files.SOD.slice();
        SOD[at]! ^= change;
        const report = verifyDocument({ ...files, SOD }, trust, { at: NOW, crypto: nodeCrypto });
        // What is not signed (versions, the identifier of the signer) may change and be put up with.
        if (report.verdict !== "authentic") return;
        expect(report.document.number).toBe("L898902C3");
        expect(report.signer.serialNumber).toBe("02");
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Fields are lazy; each is asked for, and each refuses by itself. */
const readEveryField = (bytes: Uint8Array): void => {
  const certificate = decodeCertificate(bytes);
  const getters = Object.entries(
    Object.getOwnPropertyDescriptors(Object.getPrototypeOf(certificate)),
  ).filter(([, descriptor]) => descriptor.get !== undefined);
  expect(getters.length).toBeGreaterThan(15);
  for (const [, descriptor] of getters) {
    try {
      descriptor.get?.call(certificate);
    } catch (error) {
      if (!(error instanceof EmrtdError)) throw error;
    }
  }
};
