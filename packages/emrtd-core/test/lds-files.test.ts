import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  biometricImages,
  biometricRecords,
  code39794,
  decodeBlock39794,
  decodeFingerRecord,
  decodeIrisRecord,
  detectImageFormat,
  encodeBlock39794,
  encodeFingerRecord,
  encodeIrisRecord,
  readImageInfo,
} from "../src/biometrics/index.js";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { EmrtdError } from "../src/errors.js";
import {
  decodeAdditionalBiometrics,
  decodeAtrInfo,
  decodeCardSecurity,
  decodeCertificateRecord,
  decodeDg2,
  decodeDg3,
  decodeDg4,
  decodeDg5,
  decodeDg16,
  decodeDir,
  decodeFile,
  decodeTravelRecord,
  decodeVisaRecord,
  encodeAdditionalBiometrics,
  encodeAtrInfo,
  encodeBiometricData,
  encodeCertificateRecord,
  encodeDg2,
  encodeDg3,
  encodeDg4,
  encodeDg16,
  encodeDir,
  encodeTravelRecord,
  encodeTravelRecordInfo,
  encodeVisaRecord,
  encodeVisaRecordInfo,
  extendedLengthObject,
  ldsApplication,
  signerOf,
} from "../src/lds/index.js";
import { encodeTlv } from "../src/tlv.js";
import faces from "./vectors/dg2-39794-5.json" with { type: "json" };
import fingersAndEyes from "./vectors/dg3-dg4-39794.json" with { type: "json" };

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
  } catch (error) {
    return error instanceof EmrtdError ? error.code : String(error);
  }
  return undefined;
};

describe("DG2 in ISO/IEC 39794-5", () => {
  test.each(faces)("$source", ({ dg2 }) => {
    const bytes = fromHex(dg2);
    const decoded = decodeDg2(bytes);
    expect(decoded.templates[0]!.dataTag).toBe(0x7f2e);
    const [record] = biometricRecords(decoded);
    if (record?.standard !== "39794-5") throw new Error("expected ISO/IEC 39794-5");
    expect(record.record.versionBlock).toEqual({ generation: 3, year: 2019 });
    expect(record.images[0]).toHaveLength(32);
    expect(detectImageFormat(record.images[0]!)).toBe("JP2");
    expect(toHex(encodeBlock39794(record))).toBe(toHex(decoded.templates[0]!.data));
    expect(toHex(encodeDg2(decoded))).toBe(dg2);
  });

  test("says what the schema names", () => {
    const [record] = biometricRecords(decodeDg2(fromHex(faces[0]!.dg2)));
    if (record?.standard !== "39794-5") throw new Error("expected ISO/IEC 39794-5");
    const [face] = record.record.representationBlocks!;
    const image = face!.imageRepresentation!.base!.imageRepresentation2DBlock!;
    expect(code39794(image.imageInformation2DBlock!.imageDataFormat)).toBe(3);
    expect(image.imageInformation2DBlock!.imageSizeBlock).toEqual({ width: 572, height: 731 });
    expect(face!.captureDateTimeBlock).toMatchObject({ year: 2024, month: 1, day: 20 });
    expect(code39794(face!.identityMetadataBlock!.gender)).toBe(3);
    expect(face!.identityMetadataBlock!.poseAngleBlock!.pitchAngleBlock).toEqual({
      angleValue: 3,
      angleUncertainty: 1,
    });
    expect(face!.qualityBlocks).toEqual([
      { algorithmIdBlock: { organization: 1, id: 1 }, scoreOrError: { score: 99 } },
    ]);
    expect(face!.landmarkBlocks).toHaveLength(1);
    // Presentation attack detection has no table: its bytes stay.
    expect(face!.unknown?.map(({ tag }) => tag)).toEqual([0xa4]);
  });

  test("an angle below zero is read as one", () => {
    const block = {
      standard: "39794-5" as const,
      record: {
        representationBlocks: [
          {
            identityMetadataBlock: {
              poseAngleBlock: { rollAngleBlock: { angleValue: -180 } },
            },
          },
        ],
      },
    };
    expect(toHex(encodeBlock39794(block))).toContain("8002ff4c");
  });

  /** The schema bounds neither: a number of 64 bits does not take the portrait away. */
  test("numbers of representations and sessions may be long", () => {
    const block = {
      standard: "39794-5" as const,
      record: {
        representationBlocks: [
          {
            representationId: 1_700_000_000_000,
            unknown: [{ tag: 0x85, value: new Uint8Array(8).fill(1) }],
          },
        ],
      },
    };
    expect(decodeBlock39794(encodeBlock39794(block))).toEqual(block);
  });
});

describe("DG3 and DG4 in ISO/IEC 39794", () => {
  test("a finger, as another program writes it", () => {
    const bytes = fromHex(fingersAndEyes.dg3);
    const decoded = decodeDg3(bytes);
    const [record] = biometricRecords(decoded);
    if (record?.standard !== "39794-4") throw new Error("expected ISO/IEC 39794-4");
    const [view] = record.record.representationBlocks!;
    expect(code39794(view!.position)).toBe(2);
    expect(code39794(view!.imageDataFormat)).toBe(1);
    expect(view).toMatchObject({
      captureDateTimeBlock: { year: 2024, month: 2, day: 29, millisecond: 789 },
      positionComputedByCaptureSystem: true,
      originalRotation: 12,
      imageRotatedToVertical: false,
      imageHasBeenLossilyCompressed: true,
    });
    expect(view!.unknown).toBeUndefined();
    expect(record.images.map(detectImageFormat)).toEqual(["WSQ"]);
    expect(toHex(encodeBlock39794(record))).toBe(toHex(decoded.templates[0]!.data));
  });

  test("an eye, as another program writes it", () => {
    const decoded = decodeDg4(fromHex(fingersAndEyes.dg4));
    const [record] = biometricRecords(decoded);
    if (record?.standard !== "39794-6") throw new Error("expected ISO/IEC 39794-6");
    const [eye] = record.record.representationBlocks!;
    expect(eye).toMatchObject({
      eyeLabelCode: 2,
      bitDepth: 8,
      compressionHistoryCode: 2,
      captureDateTimeBlock: { year: 2024, month: 2, day: 29 },
    });
    // Range and roll angle have no table: their bytes stay.
    expect(eye!.unknown?.map(({ tag }) => tag)).toEqual([0xa9, 0xac]);
    expect(record.images.map(detectImageFormat)).toEqual(["JP2"]);
    expect(toHex(encodeBlock39794(record))).toBe(toHex(decoded.templates[0]!.data));
  });
});

describe("finger and iris records", () => {
  const view = {
    position: 7,
    viewCount: 1,
    view: 1,
    quality: 100,
    impression: 0,
    width: 620,
    height: 620,
    image: fromHex("ffa0ffa4"),
  };
  const finger = {
    captureDevice: 0,
    acquisitionLevel: 31,
    fingerCount: 1,
    scaleUnits: 1,
    scanResolution: [500, 500],
    imageResolution: [500, 500],
    pixelDepth: 8,
    compression: 2,
    views: [view],
  } as const;

  test("a finger is laid out as ISO/IEC 19794-4:2005 has it", () => {
    expect(toHex(encodeFingerRecord(finger))).toBe(
      [
        "46495200 30313000 000000000032 0000 001f 01 01 01f4 01f4 01f4 01f4 08 02 0000",
        "00000012 07 01 01 64 00 026c 026c 00 ffa0ffa4",
      ]
        .join("")
        .replaceAll(" ", ""),
    );
  });

  test("a wrong length of the only view is put up with and said", () => {
    const bytes = encodeFingerRecord(finger);
    bytes.set([0, 0, 0, 0], 32);
    const { views, findings } = decodeFingerRecord(bytes);
    expect(views).toEqual([view]);
    expect(findings.map(({ code }) => code)).toEqual(["LENGTH_MISMATCH"]);
  });

  test("a wrong length among several views is refused", () => {
    const bytes = encodeFingerRecord({ ...finger, fingerCount: 2, views: [view, view] });
    bytes.set([0, 0, 0, 0], 32);
    expect(codeOf(() => decodeFingerRecord(bytes))).toBe("BIOMETRIC_INVALID");
  });

  test("an iris record without eyes ends after its header", () => {
    const iris = {
      captureDevice: 0,
      imageProperties: 0,
      irisDiameter: 150,
      imageFormat: 16,
      width: 163,
      height: 149,
      intensityDepth: 24,
      transformation: 0,
      deviceIdentifier: new Uint8Array(16),
      eyes: [],
    };
    const bytes = encodeIrisRecord(iris);
    expect(bytes).toHaveLength(45);
    expect(decodeIrisRecord(bytes)).toEqual({ ...iris, findings: [] });
    expect(codeOf(() => decodeIrisRecord(concatBytes(bytes, Uint8Array.of(0))))).toBe(
      "BIOMETRIC_INVALID",
    );
    const short = { ...iris, deviceIdentifier: new Uint8Array(15) };
    expect(codeOf(() => encodeIrisRecord(short))).toBe("BIOMETRIC_VALUE");
  });

  test("an empty DG3 holds the issuer's data and no template", () => {
    const empty = decodeDg3(fromHex("630b 7f6108 020100 5303a1b2c3"));
    expect(empty).toMatchObject({
      templates: [],
      unknown: [{ tag: 0x53, value: fromHex("a1b2c3") }],
      findings: [],
    });
    expect(toHex(encodeDg3(empty))).toBe("630b7f61080201005303a1b2c3");
  });
});

describe("displayed images and persons to notify", () => {
  test("a number that is not theirs is said", () => {
    const dg5 = decodeDg5(fromHex("650a 020102 5f4004 ffd8ffd9"));
    expect(dg5.images).toEqual([fromHex("ffd8ffd9")]);
    expect(dg5.findings).toEqual([{ code: "COUNT_MISMATCH", where: "DG5" }]);
  });

  test("persons stand in A1, A2, ..., their number before them or in the first", () => {
    const person = { dateRecorded: "20240101", name: "SMITH<<ANNA", telephone: "", unknown: [] };
    const bytes = encodeDg16({ persons: [person, person] });
    expect(toHex(bytes).slice(0, 12)).toMatch(/^70..020102a1/);
    expect(decodeDg16(bytes)).toMatchObject({ persons: [person, person], findings: [] });
    const within = encodeTlv(0x70, encodeTlv(0xa1, fromHex("020101"), fromHex("5f510141")));
    expect(decodeDg16(within)).toMatchObject({ persons: [{ name: "A" }], findings: [] });
    const many = Array.from({ length: 16 }, () => person);
    expect(codeOf(() => encodeDg16({ persons: many }))).toBe("LDS_VALUE");
  });
});

describe("files of the master file", () => {
  test("EF.ATR/INFO tells capabilities and sizes, and may be filled up", () => {
    const bytes = encodeAtrInfo({
      dataObjects: [
        { tag: 0x47, value: fromHex("8401e0") },
        extendedLengthObject({ command: 1_000, response: 65_536 }),
      ],
    });
    expect(toHex(bytes)).toBe("47038401e0" + "7f6609020203e80203010000");
    const info = decodeAtrInfo(bytes);
    expect(info).toMatchObject({
      cardCapabilities: {
        selectionByName: true,
        shortFileIdentifiers: true,
        recordNumbers: false,
        commandChaining: true,
        extendedLength: true,
        extendedLengthInformation: true,
      },
      extendedLength: { command: 1_000, response: 65_536 },
      findings: [],
    });
    const filled = decodeAtrInfo(concatBytes(bytes, new Uint8Array(20)));
    expect(filled.extendedLength).toEqual(info.extendedLength);
    expect(filled.findings).toEqual([{ code: "TRAILING_BYTES", where: "EF.ATR/INFO" }]);
  });

  /** Doc 9303-10, table 31. */
  test("EF.DIR lists applications and is not taken for DG1", () => {
    const bytes = fromHex("61094f07a0000002471001" + "61094f07a0000002472003");
    const dir = decodeDir(bytes);
    expect(dir.applications.map(({ applicationId }) => ldsApplication(applicationId))).toEqual([
      "eMRTD",
      "additionalBiometrics",
    ]);
    expect(encodeDir(dir)).toEqual(bytes);
    expect(decodeFile(bytes.subarray(0, 11)).name).toBe("DIR");
    expect(decodeFile(bytes, "EF_DIR.bin").name).toBe("DIR");
    expect(ldsApplication(fromHex("a000000167"))).toBeUndefined();
  });
});

describe("LDS2", () => {
  const signature = fromHex("0102030405");

  test("a travel record is signed over DO 73 as it stands", () => {
    const signedBytes = encodeTravelRecordInfo({
      state: "USA",
      travelDate: "20120814",
      inspectionAuthority: "CBP",
      inspectionLocation: "SFO",
      inspectorReference: "SFO00001234",
      modeOfTravel: "A",
      durationOfStay: 255,
    });
    const bytes = encodeTravelRecord({ signedBytes, signature, certificateReference: 1 });
    expect(toHex(bytes).slice(0, 12)).toBe("5f4403555341");
    expect(toHex(signedBytes)).toContain("5f480200ff");
    const record = decodeTravelRecord(bytes);
    expect(record).toMatchObject({
      info: { state: "USA", travelDate: "20120814", durationOfStay: 255, findings: [] },
      signedBytes,
      signature,
      certificateReference: 1,
    });
    expect(encodeTravelRecord(record)).toEqual(bytes);
  });

  test("a state outside the signature that differs from the signed one is said", () => {
    const signedBytes = encodeTravelRecordInfo({ state: "USA" });
    const bytes = encodeTravelRecord({ signedBytes, signature, certificateReference: 1 });
    bytes.set(new TextEncoder().encode("NLD"), 3);
    expect(decodeTravelRecord(bytes).info.findings).toEqual([
      { code: "COPY_MISMATCH", where: "5F44" },
    ]);
  });

  test("a visa record names its biometric file and its signer", () => {
    const signedBytes = encodeVisaRecordInfo({
      issuer: "NLD",
      documentType: "VS",
      numberOfEntries: 2,
      expirationDate: "20130826",
      surname: "VAN DER STEEN",
      additionalBiometrics: 0x0201,
    });
    const bytes = encodeVisaRecord({ signedBytes, signature, certificateReference: 2 });
    const visa = decodeVisaRecord(bytes);
    expect(visa.info).toMatchObject({ issuer: "NLD", additionalBiometrics: 0x0201 });
    const certificates = ["UT", "NL"].map((country) =>
      decodeCertificateRecord(
        encodeCertificateRecord({
          country,
          serialNumber: fromHex("0a0b"),
          certificate: fromHex("3000"),
        }),
      ),
    );
    expect(signerOf(visa, certificates)).toMatchObject({
      country: "NL",
      serialNumber: fromHex("0a0b"),
    });
    expect(signerOf({ certificateReference: 3 }, certificates)).toBeUndefined();
  });

  test("additional biometrics are signed over DO 5F2E", () => {
    const data = fromHex("00112233");
    const file = decodeAdditionalBiometrics(
      encodeAdditionalBiometrics({ data, signature, certificateReference: 64 }),
    );
    expect(file.data).toEqual(data);
    expect(file.signedBytes).toEqual(encodeBiometricData(data));
  });

  test("a record without signature or signer is refused", () => {
    expect(codeOf(() => decodeTravelRecord(fromHex("5f4403555341 7300")))).toBe("LDS_INVALID");
    expect(codeOf(() => decodeVisaRecord(new Uint8Array()))).toBe("LDS_INVALID");
    expect(codeOf(() => decodeAdditionalBiometrics(fromHex("7f2e035f2e00")))).toBe("LDS_INVALID");
    expect(codeOf(() => decodeCertificateRecord(fromHex("5f3a0100 7200")))).toBe("LDS_INVALID");
  });
});

const SPECIMENS = process.env["SPECIMENS_DIR"];

describe.skipIf(!SPECIMENS)("specimen files (needs SPECIMENS_DIR)", () => {
  const read = (...path: string[]) =>
    Uint8Array.from(readFileSync(join(SPECIMENS!, "specimens", ...path)));

  test("DG3: two fingers in WSQ", () => {
    const dg3 = decodeDg3(read("bsi-tr-03105-5", "Datagroup3.bin"));
    expect(encodeDg3(dg3)).toEqual(dg3.bytes);
    expect(dg3.findings).toEqual([]);
    expect(biometricImages(dg3).map(readImageInfo)).toMatchObject([
      { format: "WSQ", width: 620, height: 620 },
      { format: "WSQ" },
    ]);
    biometricRecords(dg3).forEach((record, index) => {
      if (record.standard !== "19794-4") throw new Error("expected a finger record");
      expect(record.findings).toEqual([]);
      expect(encodeFingerRecord(record.record)).toEqual(dg3.templates[index]!.data);
    });
  });

  test("DG4: two irises in JPEG 2000", () => {
    const dg4 = decodeDg4(read("bsi-tr-03105-5", "Datagroup4.bin"));
    expect(encodeDg4(dg4)).toEqual(dg4.bytes);
    expect(biometricImages(dg4).map(readImageInfo)).toMatchObject([
      { format: "JP2", width: 163, height: 149 },
      { format: "JP2", width: 160, height: 152 },
    ]);
    biometricRecords(dg4).forEach((record, index) => {
      if (record.standard !== "19794-6") throw new Error("expected an iris record");
      expect(record.findings).toEqual([]);
      expect(encodeIrisRecord(record.record)).toEqual(dg4.templates[index]!.data);
    });
  });

  test.each(["dh", "ecdh"])("EF.CardSecurity of an identity card (%s)", (kind) => {
    const bytes = read("npa-cvc", kind, "ef_cardsecurity");
    const security = decodeCardSecurity(bytes);
    expect(security.securityInfos.map(({ type }) => type)).toContain(
      "ChipAuthenticationPublicKeyInfo",
    );
    expect(security.signedData.signerInfos).toHaveLength(1);
    expect(decodeFile(bytes, "ef_cardsecurity").name).toBe("CardSecurity");
  });
});
