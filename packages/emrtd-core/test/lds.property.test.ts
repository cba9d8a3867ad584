import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyBiometricGroup,
  anyCom,
  anyDg1,
  anyDg11,
  anyDg12,
  anyFaceRecord,
  anySecurityInfos,
} from "../src/arbitraries.js";
import { biometricRecords, decodeFaceRecord, encodeFaceRecord } from "../src/biometrics/index.js";
import { derNull, derOid, derSequence } from "../src/der.js";
import {
  type Decoded,
  decodeCardAccess,
  decodeCom,
  decodeDg1,
  decodeDg2,
  decodeDg11,
  decodeDg12,
  decodeDg14,
  decodeDg15,
  decodeFile,
  encodeCardAccess,
  encodeCom,
  encodeDg1,
  encodeDg2,
  encodeDg11,
  encodeDg12,
  encodeDg14,
  encodeDg15,
} from "../src/lds/index.js";
import { decodesOrRefuses } from "./support/fuzz.js";

interface Subject<Content extends object> {
  readonly name: string;
  readonly any: fc.Arbitrary<Content>;
  readonly encode: (content: Content) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => object;
}

const subject = <Content extends object>(
  name: string,
  any: fc.Arbitrary<Content>,
  encode: (content: Content) => Uint8Array,
  decode: (bytes: Uint8Array) => Decoded<Content>,
): Subject<object> => ({ name, any, encode: encode as (content: object) => Uint8Array, decode });

const anyFaceBlock = () => anyFaceRecord().map(encodeFaceRecord);
const anyKey = () =>
  fc
    .constantFrom("1.2.840.113549.1.1.1", "1.2.840.10045.2.1")
    .map((oid) => ({ publicKey: derSequence(derOid(oid), derNull()) }));

const SUBJECTS = [
  subject(
    "CardAccess",
    anySecurityInfos().map((securityInfos) => ({ securityInfos })),
    encodeCardAccess,
    decodeCardAccess,
  ),
  subject("COM", anyCom(), encodeCom, decodeCom),
  subject("DG1", anyDg1(), encodeDg1, decodeDg1),
  subject("DG2", anyBiometricGroup(anyFaceBlock()), encodeDg2, decodeDg2),
  subject("DG11", anyDg11(), encodeDg11, decodeDg11),
  subject("DG12", anyDg12(), encodeDg12, decodeDg12),
  subject(
    "DG14",
    anySecurityInfos().map((securityInfos) => ({ securityInfos })),
    encodeDg14,
    decodeDg14,
  ),
  subject("DG15", anyKey(), encodeDg15, decodeDg15),
];

describe.each(SUBJECTS)("$name", ({ name, any, encode, decode }) => {
  test("what is encoded is decoded, keeps its bytes and is encoded again to the byte", () => {
    fc.assert(
      fc.property(any, (content) => {
        const bytes = encode(content);
        const decoded = decode(bytes) as Decoded<{ findings?: unknown }>;
        expect(decoded).toMatchObject(content);
        expect(decoded.bytes).toBe(bytes);
        expect(decoded.findings ?? []).toEqual([]);
        expect(encode(decoded)).toEqual(bytes);
        expect(decodeFile(bytes)).toEqual({ name, content: decoded });
      }),
    );
  });

  test("any input is decoded or refused", () => {
    decodesOrRefuses(decode, any.map(encode));
  });
});

describe("facial record", () => {
  test("what is encoded is decoded and encoded again to the byte", () => {
    fc.assert(
      fc.property(anyFaceRecord(), (record) => {
        const bytes = encodeFaceRecord(record);
        expect(decodeFaceRecord(bytes)).toEqual({ ...record, findings: [] });
        expect(encodeFaceRecord(decodeFaceRecord(bytes))).toEqual(bytes);
      }),
    );
  });

  test("any input is decoded or refused, alone and within DG2", () => {
    decodesOrRefuses(decodeFaceRecord, anyFaceBlock());
    decodesOrRefuses(
      (bytes) => biometricRecords(decodeDg2(bytes)),
      anyBiometricGroup(anyFaceBlock()).map(encodeDg2),
    );
  });
});
