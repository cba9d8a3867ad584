import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CrlContent, crlNumber, encodeName, reasonCode } from "../src/chip/pki.js";
import { decodeCrl } from "../src/cms/crl.js";
import { CRL_REASONS, type CrlReason } from "../src/cms/crl-entry.js";
import { Name } from "../src/cms/name.js";
import type { SignerIdentifier } from "../src/cms/signer-info.js";
import type { DataGroupNumber } from "../src/lds/files.js";
import { decodeTlv } from "../src/tlv.js";
import { type Defect, decodeDefectList, encodeDefectList } from "../src/trust/defect-list.js";
import { DEFECT_TYPES } from "../src/trust/defect-types.js";
import type { DeviationDocuments } from "../src/trust/deviation-documents.js";
import {
  type DeviationDescription,
  type DeviationList,
  decodeDeviationList,
  encodeDeviationList,
} from "../src/trust/deviation-list.js";
import {
  CERTIFICATE_BODY_FIELDS,
  DEVIATING_MRZ_FIELDS,
  type DeviationParameter,
  type DeviationParameterKind,
} from "../src/trust/deviation-parameter.js";
import { DEVIATION_TYPES } from "../src/trust/deviation-types.js";
import { decodeMasterList, encodeMasterList } from "../src/trust/master-list.js";
import { openMasterList } from "../src/trust/open-master-list.js";
import { decodesOrRefuses } from "./support/fuzz.js";
import { AUTHORITY_NAME, makeAuthority, makeSignerCertificate } from "./support/test-document.js";
import { makeCrl, makeMasterList } from "./support/test-trust.js";

const seconds = (): fc.Arbitrary<Date> =>
  fc.integer({ min: 0, max: 4_000_000_000 }).map((second) => new Date(second * 1_000));

const anySigner = (): fc.Arbitrary<SignerIdentifier> =>
  fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((identifier) => ({
      subjectKeyIdentifier: identifier,
    })),
    fc
      .tuple(fc.constantFrom("CSCA", "Another"), fc.integer({ min: 1, max: 127 }))
      .map(([commonName, serial]) => ({
        issuer: new Name(decodeTlv(encodeName([["commonName", commonName]])), "issuer"),
        serialNumber: Uint8Array.of(serial),
      })),
  );

const anyParameter = (kind: DeviationParameterKind): fc.Arbitrary<DeviationParameter> => {
  switch (kind) {
    case "CertField":
      return fc.oneof(
        fc
          .constantFrom(...CERTIFICATE_BODY_FIELDS)
          .map((certificateField) => ({ certificateField })),
        fc.constantFrom("2.5.29.15", "2.23.136.1.1.6.2").map((certificateExtension) => ({
          certificateExtension,
        })),
      );
    case "MRZField":
      return fc.constantFrom(...DEVIATING_MRZ_FIELDS).map((mrzField) => ({ mrzField }));
    case "Datagroup":
      return fc
        .oneof(fc.integer({ min: 1, max: 16 }), fc.constantFrom("SOD" as const, "COM" as const))
        .map((file) => ({ file: file as DataGroupNumber | "SOD" | "COM" }));
  }
};

const text = () => fc.stringMatching(/^[A-Za-z0-9 .]{0,20}$/);

const anyDescription = (): fc.Arbitrary<DeviationDescription> =>
  fc.constantFrom(...DEVIATION_TYPES).chain((row) => {
    const parameter =
      "parameter" in row
        ? anyParameter(row.parameter).map((found) => ({ parameter: found }))
        : fc.constant({ otherParameter: Uint8Array.of(0xa0, 3, 2, 1, 7) });
    return fc
      .tuple(
        fc.oneof(fc.constant({}), parameter),
        fc.record(
          { description: text(), nationalUse: fc.constant(Uint8Array.of(0xa1, 2, 5, 0)) },
          { requiredKeys: [] },
        ),
      )
      .map(([where, rest]) => ({ type: row.oid, ...where, ...rest }));
  });

const anyDocuments = (): fc.Arbitrary<DeviationDocuments> =>
  fc.record(
    {
      documentType: fc.constantFrom("P", "C", "PP", "I<"),
      signer: fc.oneof(
        anySigner(),
        fc.uint8Array({ maxLength: 32 }).map((certificateDigest) => ({ certificateDigest })),
      ),
      issued: fc.record({ first: seconds(), last: seconds() }),
      documentNumbers: fc
        .uniqueArray(fc.stringMatching(/^[A-Z0-9]{1,12}$/), { maxLength: 5 })
        .map((numbers) => new Set(numbers)),
    },
    { requiredKeys: [] },
  );

const anyDeviationList = (): fc.Arbitrary<DeviationList> =>
  fc.record(
    {
      version: fc.constant(0),
      digestAlgorithm: fc.constant("2.16.840.1.101.3.4.2.1"),
      deviations: fc.array(
        fc.record({
          documents: anyDocuments(),
          descriptions: fc.array(anyDescription(), { maxLength: 3 }),
        }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ["version", "deviations"] },
  );

const anyDefect = (): fc.Arbitrary<Defect> =>
  fc.record(
    {
      signer: anySigner(),
      certificateHash: fc.uint8Array({ maxLength: 32 }),
      knownDefects: fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: 127 }).map((statusCode) => ({
            type: "0.4.0.127.0.7.3.1.5.1.1",
            statusCode,
          })),
          fc.uniqueArray(fc.integer({ min: 1, max: 16 })).map((dataGroups) => ({
            type: "0.4.0.127.0.7.3.1.5.2.1",
            dataGroups: dataGroups.sort((a, b) => a - b),
          })),
          fc.constantFrom(...DEFECT_TYPES).map(({ oid }) => ({ type: oid })),
          fc.constant({ type: "0.4.0.127.0.7.3.1.5.1.9", parameters: Uint8Array.of(5, 0) }),
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ["signer", "knownDefects"] },
  );

const anyCrl = (): fc.Arbitrary<Partial<CrlContent>> =>
  fc.record(
    {
      thisUpdate: seconds(),
      nextUpdate: seconds(),
      revoked: fc.array(
        fc
          .tuple(
            fc.bigInt({ min: 0n, max: 2n ** 64n }),
            seconds(),
            fc.constantFrom(...CRL_REASONS.filter((reason) => reason !== undefined), undefined),
          )
          .map(([serialNumber, revocationDate, reason]) => ({
            serialNumber,
            revocationDate,
            ...(reason === undefined ? {} : { extensions: [reasonCode(reason as CrlReason)] }),
          })),
        { maxLength: 4 },
      ),
      extensions: fc.constant([crlNumber(7n)]),
    },
    { requiredKeys: [] },
  );

describe("what is encoded is decoded, and the other way round", () => {
  test("a deviation list", () => {
    fc.assert(
      fc.property(anyDeviationList().map(encodeDeviationList), (bytes) => {
        expect(encodeDeviationList(decodeDeviationList(bytes))).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(anyDocuments(), (documents) => {
        const list = { version: 0, deviations: [{ documents, descriptions: [] }] };
        const [decoded] = decodeDeviationList(encodeDeviationList(list)).deviations;
        expect(decoded?.documents.documentNumbers).toEqual(documents.documentNumbers);
        expect(decoded?.documents.issued).toEqual(documents.issued);
        expect(decoded?.documents.documentType).toBe(documents.documentType);
      }),
    );
  });

  test("a defect list", () => {
    fc.assert(
      fc.property(fc.array(anyDefect(), { maxLength: 4 }), (defects) => {
        const bytes = encodeDefectList({ version: 0, hashAlgorithm: "1.3.14.3.2.26", defects });
        expect(encodeDefectList(decodeDefectList(bytes))).toEqual(bytes);
      }),
    );
  });

  test("a master list", () => {
    const certificates = [makeAuthority(), makeSignerCertificate()];
    const bytes = encodeMasterList({ version: 0, certificates });
    expect(encodeMasterList(decodeMasterList(bytes))).toEqual(bytes);
  });

  test("a revocation list: every entry is found by its serial number, and no other", () => {
    fc.assert(
      fc.property(anyCrl(), (content) => {
        const crl = decodeCrl(makeCrl(content));
        const { revoked = [] } = content;
        expect(crl.size).toBe(new Set(revoked.map(({ serialNumber }) => serialNumber)).size);
        expect([...crl.entries()]).toHaveLength(crl.size);
        for (const { serialNumber } of revoked) {
          const bytes = Uint8Array.from(
            serialNumber.toString(16).padStart(20, "0").match(/../g)!,
            (pair) => Number.parseInt(pair, 16),
          );
          expect(crl.entryOf(bytes)).toBeDefined();
          expect(crl.entryOf(Uint8Array.of(...bytes, 1))).toBeUndefined();
        }
        expect(crl.unsupportedExtensions).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("whatever bytes come are decoded or refused", () => {
  test("as a deviation list", () => {
    decodesOrRefuses(decodeDeviationList, anyDeviationList().map(encodeDeviationList));
  });

  test("as a defect list", () => {
    const lists = fc
      .array(anyDefect(), { maxLength: 4 })
      .map((defects) => encodeDefectList({ version: 0, hashAlgorithm: "1.3.14.3.2.26", defects }));
    decodesOrRefuses(decodeDefectList, lists, 2_500);
  });

  test("as a revocation list, field by field", () => {
    const lists = fc.constantFrom(
      makeCrl(),
      makeCrl({
        revoked: [
          {
            serialNumber: 2n,
            revocationDate: new Date("2025-01-01T00:00:00Z"),
            extensions: [reasonCode("keyCompromise")],
          },
        ],
        extensions: [crlNumber(1n)],
        issuer: [...AUTHORITY_NAME].reverse(),
      }),
    );
    decodesOrRefuses(
      (bytes) => {
        const crl = decodeCrl(bytes);
        for (const read of [
          () => crl.unsupportedExtensions,
          () => [...crl.entries()],
          () => crl.version,
          () => crl.issuer.rdns,
          () => [crl.thisUpdate, crl.nextUpdate],
          () => [crl.signatureAlgorithm, crl.signature],
          () => [crl.authorityKeyIdentifier, crl.issuerAltNames, crl.crlNumber],
        ]) {
          read();
        }
      },
      lists,
      2_500,
    );
  });

  test("as a master list, signature and all", () => {
    const root = makeAuthority();
    const lists = fc.constantFrom(
      makeMasterList(),
      makeMasterList([root, makeSignerCertificate()]),
    );
    decodesOrRefuses((bytes) => openMasterList(bytes, { root }), lists, 1_000);
  });
});
