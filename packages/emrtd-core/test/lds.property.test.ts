import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyAdditionalBiometrics,
  anyAtrInfo,
  anyBiometricGroup,
  anyBlock39794,
  anyCertificateRecord,
  anyCom,
  anyDg1,
  anyDg11,
  anyDg12,
  anyDg16,
  anyDir,
  anyDisplayedImages,
  anyFaceRecord,
  anyFingerRecord,
  anyIrisRecord,
  anyProprietaryContent,
  anySecurityInfos,
  anySignature,
  anyTravelRecordInfo,
  anyVisaRecordInfo,
} from "../src/arbitraries.js";
import {
  biometricRecords,
  decodeBlock39794,
  decodeFaceRecord,
  decodeFingerRecord,
  decodeIrisRecord,
  encodeBlock39794,
  encodeFaceRecord,
  encodeFingerRecord,
  encodeIrisRecord,
} from "../src/biometrics/index.js";
import { derNull, derOid, derSequence } from "../src/der.js";
import {
  type Decoded,
  decodeAdditionalBiometrics,
  decodeAtrInfo,
  decodeCardAccess,
  decodeCertificateRecord,
  decodeCom,
  decodeDg1,
  decodeDg2,
  decodeDg3,
  decodeDg4,
  decodeDg5,
  decodeDg7,
  decodeDg11,
  decodeDg12,
  decodeDg14,
  decodeDg15,
  decodeDg16,
  decodeDir,
  decodeFile,
  decodeProprietaryGroup,
  decodeTravelRecord,
  decodeVisaRecord,
  encodeAdditionalBiometrics,
  encodeAtrInfo,
  encodeCardAccess,
  encodeCertificateRecord,
  encodeCom,
  encodeDg1,
  encodeDg2,
  encodeDg3,
  encodeDg4,
  encodeDg5,
  encodeDg7,
  encodeDg11,
  encodeDg12,
  encodeDg14,
  encodeDg15,
  encodeDg16,
  encodeDir,
  encodeProprietaryGroup,
  encodeTravelRecord,
  encodeTravelRecordInfo,
  encodeVisaRecord,
  encodeVisaRecordInfo,
  FILES,
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
  subject(
    "DG3",
    anyBiometricGroup(anyFingerRecord().map(encodeFingerRecord)),
    encodeDg3,
    decodeDg3,
  ),
  subject("DG4", anyBiometricGroup(anyIrisRecord().map(encodeIrisRecord)), encodeDg4, decodeDg4),
  subject("DG5", anyDisplayedImages(), encodeDg5, decodeDg5),
  subject("DG7", anyDisplayedImages(), encodeDg7, decodeDg7),
  ...(["DG6", "DG8", "DG9", "DG10", "DG13"] as const).map((name) =>
    subject(
      name,
      anyProprietaryContent(),
      (group) => encodeProprietaryGroup(name, group),
      (bytes) => decodeProprietaryGroup(name, bytes),
    ),
  ),
  subject("DG16", anyDg16(), encodeDg16, decodeDg16),
  subject("DIR", anyDir(), encodeDir, decodeDir),
  subject("ATR/INFO", anyAtrInfo(), encodeAtrInfo, decodeAtrInfo),
  subject(
    "EF.Biometrics",
    anyAdditionalBiometrics(),
    encodeAdditionalBiometrics,
    decodeAdditionalBiometrics,
  ),
  subject(
    "EF.Certificates",
    anyCertificateRecord(),
    encodeCertificateRecord,
    decodeCertificateRecord,
  ),
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
        if (FILES.some((file) => file.name === name)) {
          expect(decodeFile(bytes, name)).toEqual({ name, content: decoded });
        }
      }),
    );
  });

  test("any input is decoded or refused", () => {
    // Where the most is nested, and most readers broke.
    decodesOrRefuses(decode, any.map(encode), name === "DG2" ? 10_000 : undefined);
  });
});

describe("biometric records", () => {
  test.each([
    ["face", anyFaceRecord(), encodeFaceRecord, decodeFaceRecord],
    ["finger", anyFingerRecord(), encodeFingerRecord, decodeFingerRecord],
    ["iris", anyIrisRecord(), encodeIrisRecord, decodeIrisRecord],
  ] as [
    string,
    fc.Arbitrary<object>,
    (record: object) => Uint8Array,
    (bytes: Uint8Array) => object,
  ][])(
    "%s of ISO/IEC 19794: what is encoded is decoded, and any input is decoded or refused",
    (_, any, encode, decode) => {
      fc.assert(
        fc.property(any, (record) => {
          const bytes = encode(record);
          expect(decode(bytes)).toEqual({ ...record, findings: [] });
          expect(encode(decode(bytes))).toEqual(bytes);
        }),
      );
      decodesOrRefuses(decode, any.map(encode));
    },
  );

  test("of ISO/IEC 39794: what is encoded is decoded, and any input is decoded or refused", () => {
    fc.assert(
      fc.property(anyBlock39794(), (block) => {
        const bytes = encodeBlock39794(block);
        expect(decodeBlock39794(bytes)).toEqual(block);
        expect(encodeBlock39794(decodeBlock39794(bytes))).toEqual(bytes);
      }),
    );
    decodesOrRefuses(decodeBlock39794, anyBlock39794().map(encodeBlock39794));
  });

  test("within their templates any input is decoded or refused", () => {
    const any = fc.oneof(
      anyFaceBlock(),
      anyFingerRecord().map(encodeFingerRecord),
      anyIrisRecord().map(encodeIrisRecord),
      anyBlock39794().map(encodeBlock39794),
    );
    decodesOrRefuses(
      (bytes) => biometricRecords(decodeDg2(bytes)),
      anyBiometricGroup(any).map(encodeDg2),
    );
  });
});

describe.each([
  [
    "travel record",
    anyTravelRecordInfo(),
    encodeTravelRecordInfo,
    encodeTravelRecord,
    decodeTravelRecord,
  ],
  ["visa record", anyVisaRecordInfo(), encodeVisaRecordInfo, encodeVisaRecord, decodeVisaRecord],
] as [
  string,
  fc.Arbitrary<object>,
  (info: object) => Uint8Array,
  (record: object) => Uint8Array,
  (bytes: Uint8Array) => object,
][])("%s", (_, anyInfo, encodeInfo, encode, decode) => {
  const any = fc
    .tuple(anyInfo, anySignature())
    .map(([info, signed]) => ({ info, signedBytes: encodeInfo(info), ...signed }));

  test("what is encoded is decoded, and what is signed stays as it is", () => {
    fc.assert(
      fc.property(any, (record) => {
        const bytes = encode(record);
        const decoded = decode(bytes);
        expect(decoded).toMatchObject({ ...record, bytes, info: { ...record.info, findings: [] } });
        expect(encode(decoded)).toEqual(bytes);
      }),
    );
  });

  test("any input is decoded or refused", () => {
    decodesOrRefuses(decode, any.map(encode));
  });
});
