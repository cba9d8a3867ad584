import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  biometricImages,
  biometricRecords,
  decodeFaceRecord,
  detectImageFormat,
  encodeFaceRecord,
  readImageInfo,
} from "../src/biometrics/index.js";
import { concatBytes, fromHex, toHex } from "../src/bytes.js";
import { derNull, derOid, derSequence, derUnsigned } from "../src/der.js";
import { EmrtdError } from "../src/errors.js";
import {
  dataGroupsOf,
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
  encodeDg14,
  encodeDg15,
  securityProtocolName,
} from "../src/lds/index.js";
import { encodeTlv } from "../src/tlv.js";

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
  } catch (error) {
    return error instanceof EmrtdError ? error.code : String(error);
  }
  return undefined;
};

const text = (value: string) => new TextEncoder().encode(value);

describe("EF.COM", () => {
  test("of Doc 9303-11, appendix D.4", () => {
    const bytes = fromHex("60145F0104303130365F36063034303030305C026175");
    const com = decodeCom(bytes);
    expect(com).toEqual({
      ldsVersion: "0106",
      unicodeVersion: "040000",
      tagList: [0x61, 0x75],
      unknown: [],
      findings: [],
      bytes,
    });
    expect(dataGroupsOf(com.tagList)).toEqual([1, 2]);
    expect(toHex(encodeCom(com))).toBe(toHex(bytes));
  });

  test("without one of its parts is refused", () => {
    expect(codeOf(() => decodeCom(fromHex("600B5F0104303130365C026175")))).toBe("LDS_INVALID");
  });
});

describe("DG1", () => {
  test("that holds something else than a zone is refused", () => {
    const dg1 = encodeTlv(0x61, encodeTlv(0x5f1f, text("UB")));
    expect(codeOf(() => decodeDg1(dg1))).toBe("MRZ_LENGTH");
    expect(codeOf(() => decodeDg1(encodeTlv(0x61)))).toBe("LDS_INVALID");
  });
});

describe("DG11 and DG12", () => {
  const dg11 = (...objects: Uint8Array[]) => decodeDg11(encodeTlv(0x6b, ...objects));
  const dg12 = (...objects: Uint8Array[]) => decodeDg12(encodeTlv(0x6c, ...objects));

  test("dates in packed digits are read and said (FR, BE)", () => {
    expect(dg11(encodeTlv(0x5f2b, fromHex("19740812")))).toMatchObject({
      fullDateOfBirth: "19740812",
      findings: [{ code: "DATE_BCD", where: "fullDateOfBirth" }],
    });
    expect(dg12(encodeTlv(0x5f55, fromHex("20070416103000")))).toMatchObject({
      personalizationTime: "20070416103000",
      findings: [{ code: "DATE_BCD", where: "personalizationTime" }],
    });
  });

  test("a date in characters is read without remark, another form with one", () => {
    expect(dg12(encodeTlv(0x5f26, text("20070416")))).toMatchObject({
      dateOfIssue: "20070416",
      findings: [],
    });
    expect(dg12(encodeTlv(0x5f26, text("16.04.07")))).toMatchObject({
      dateOfIssue: "16.04.07",
      findings: [{ code: "DATE_FORM", where: "dateOfIssue" }],
    });
  });

  test("other names stand in their own template with their number (BY)", () => {
    const names = encodeTlv(
      0xa0,
      fromHex("020102"),
      encodeTlv(0x5f0f, text("ERIKSSON<<ANNA")),
      encodeTlv(0x5f0f, text("ERICSON<<ANNE")),
    );
    const list = encodeTlv(0x5c, fromHex("5f10a0"));
    const read = dg11(list, encodeTlv(0x5f10, text("7")), names);
    expect(read.otherNames).toEqual(["ERIKSSON<<ANNA", "ERICSON<<ANNE"]);
    expect(read.findings).toEqual([]);
    const miscounted = encodeTlv(0xa0, fromHex("020103"), encodeTlv(0x5f0f, text("A")));
    expect(dg11(miscounted).findings).toEqual([{ code: "COUNT_MISMATCH", where: "otherNames" }]);
  });

  test("empty elements are there and empty (BE)", () => {
    const read = dg11(encodeTlv(0x5f0e), encodeTlv(0x5f11));
    expect(read).toMatchObject({ fullName: "", placeOfBirth: "", findings: [] });
    expect("telephone" in read).toBe(false);
  });

  test("5F85 is a tag of two bytes, whatever the rules of tags say (BE)", () => {
    const bytes = concatBytes(
      encodeTlv(0x5c, fromHex("5f265f85")),
      encodeTlv(0x5f26, text("20070416")),
      fromHex("5f850e"),
      text("20070416103000"),
    );
    const read = dg12(bytes);
    expect(read).toMatchObject({
      tagList: [0x5f26, 0x5f85],
      dateOfIssue: "20070416",
      findings: [],
    });
    expect(read.unknown).toEqual([{ tag: 0x5f85, value: text("20070416103000") }]);
  });

  test("text that is not UTF-8 is read as ISO 8859-1 and said", () => {
    expect(dg11(encodeTlv(0x5f11, fromHex("4dfc6e6368656e")))).toMatchObject({
      placeOfBirth: `M${String.fromCharCode(0xfc)}nchen`,
      findings: [{ code: "TEXT_NOT_UTF8", where: "placeOfBirth" }],
    });
  });

  test("a list of tags that names other elements is said", () => {
    const list = encodeTlv(0x5c, fromHex("5f10"));
    expect(dg11(list, encodeTlv(0x5f11, text("X"))).findings).toEqual([
      { code: "TAG_LIST_MISMATCH", where: "5C" },
    ]);
  });

  test("a second element of the same tag is kept, not taken", () => {
    const read = dg11(encodeTlv(0x5f12, text("1")), encodeTlv(0x5f12, text("2")));
    expect(read.telephone).toBe("1");
    expect(read.unknown).toEqual([{ tag: 0x5f12, value: text("2") }]);
  });
});

const FACE = {
  gender: 2,
  eyeColour: 0,
  hairColour: 0,
  featureMask: 0,
  expression: 0,
  poseAngle: [0, 0, 0],
  poseAngleUncertainty: [0, 0, 0],
  featurePoints: [{ type: 1, code: 0x31, x: 10, y: 20 }],
  imageType: 1,
  imageDataType: 0,
  width: 240,
  height: 320,
  colourSpace: 1,
  sourceType: 2,
  deviceType: 0,
  quality: 0,
} as const;
const JPEG = fromHex("ffd8ffe00004000affc0000b080140 00f001011100 ffd9");

describe("DG2", () => {
  const header = { formatOwner: 0x0101, formatType: 0x0008, unknown: [] };
  const template = (data: Uint8Array) => ({ header, dataTag: 0x5f2e, data, unknown: [] }) as const;

  test("every image of every template is found, in order", () => {
    const other = concatBytes(JPEG.subarray(0, -2), fromHex("00ffd9"));
    const twoFaces = encodeFaceRecord({
      images: [
        { ...FACE, image: JPEG },
        { ...FACE, image: other },
      ],
    });
    const dg2 = decodeDg2(encodeDg2({ templates: [template(twoFaces), template(JPEG)] }));
    expect(biometricImages(dg2)).toEqual([JPEG, other, JPEG]);
    expect(biometricRecords(dg2).map(({ standard }) => standard)).toEqual(["19794-5", "image"]);
  });

  test("padding after the image is not part of it", () => {
    const padded = concatBytes(JPEG, new Uint8Array(7));
    const record = encodeFaceRecord({ images: [{ ...FACE, image: padded }] });
    const dg2 = decodeDg2(encodeDg2({ templates: [template(record)] }));
    expect(biometricImages(dg2)).toEqual([JPEG]);
  });

  test("a number of templates that is not theirs is said", () => {
    const bytes = encodeDg2({ templates: [template(JPEG)] });
    bytes[toHex(bytes).indexOf("0201017f60") / 2 + 2] = 2;
    expect(decodeDg2(bytes).findings).toEqual([{ code: "COUNT_MISMATCH", where: "DG2" }]);
  });

  test("a data block in no known form is kept and said", () => {
    const dg2 = decodeDg2(encodeDg2({ templates: [template(fromHex("00010203"))] }));
    expect(biometricRecords(dg2)).toEqual([
      {
        standard: "unknown",
        images: [],
        findings: [{ code: "RECORD_UNKNOWN", where: "biometric data block" }],
      },
    ]);
  });
});

describe("facial record", () => {
  const record = { images: [{ ...FACE, image: JPEG }] };
  const bytes = encodeFaceRecord(record);

  test("is laid out as ISO/IEC 19794-5:2005 has it", () => {
    expect(toHex(bytes.subarray(0, 54))).toBe(
      [
        "46414300303130000000004d 0001",
        "0000003f 0001 02 00 00 000000 0000 000000 000000",
        "01 31 000a 0014 0000",
        "01 00 00f0 0140 01 02 0000 0000",
      ]
        .join("")
        .replaceAll(" ", ""),
    );
  });

  test.each([
    ["of the record", 8],
    ["of the only image", 14],
  ])("a wrong length %s is put up with and said", (_, offset) => {
    const wrong = Uint8Array.from(bytes);
    wrong.set([0, 0, 0, 1], offset);
    const read = decodeFaceRecord(wrong);
    expect(read.images).toEqual(record.images);
    expect(read.findings.map(({ code }) => code)).toEqual(["LENGTH_MISMATCH"]);
  });

  test("a wrong length of an image before the last is refused: none can say where it ends", () => {
    const two = encodeFaceRecord({ images: [record.images[0]!, record.images[0]!] });
    two.set([0, 0, 0, 1], 14);
    expect(codeOf(() => decodeFaceRecord(two))).toBe("BIOMETRIC_INVALID");
  });

  test("other versions, no images and too many feature points are refused", () => {
    const put = (offset: number, ...values: number[]) => {
      const wrong = Uint8Array.from(bytes);
      wrong.set(values, offset);
      return codeOf(() => decodeFaceRecord(wrong));
    };
    expect(put(5, 0x33)).toBe("BIOMETRIC_INVALID");
    expect(put(12, 0, 0)).toBe("BIOMETRIC_INVALID");
    expect(put(12, 0xff, 0xff)).toBe("BIOMETRIC_INVALID");
    expect(put(18, 0xff, 0xff)).toBe("BIOMETRIC_INVALID");
  });

  test("a number that does not fit its field is refused", () => {
    const wide = { images: [{ ...FACE, image: JPEG, width: 65_536 }] };
    expect(codeOf(() => encodeFaceRecord(wide))).toBe("BIOMETRIC_VALUE");
  });
});

describe("SecurityInfos", () => {
  test("keep the order of the set, and what is not known", () => {
    const outOfOrder = derSequence(derOid("0.4.0.127.0.7.2.2.6"), derNull());
    const onePartTooMany = derSequence(
      derOid("0.4.0.127.0.7.2.2.4.2.2"),
      derUnsigned(2),
      derUnsigned(13),
      derNull(),
    );
    const bytes = encodeTlv(0x31, outOfOrder, onePartTooMany);
    const { securityInfos } = decodeCardAccess(bytes);
    expect(securityInfos.map(({ type }) => type)).toEqual(["unknown", "unknown"]);
    expect(toHex(encodeCardAccess({ securityInfos }))).toBe(toHex(bytes));
  });

  test("names of protocols are the standard's", () => {
    expect(securityProtocolName("0.4.0.127.0.7.2.2.4.2.4")).toBe(
      "id-PACE-ECDH-GM-AES-CBC-CMAC-256",
    );
    expect(securityProtocolName("0.4.0.127.0.7.2.2.3.1.1")).toBe("id-CA-DH-3DES-CBC-CBC");
    expect(securityProtocolName("0.4.0.127.0.7.2.2.4.6.1")).toBeUndefined();
  });
});

test("a file that is none is refused by name", () => {
  expect(codeOf(() => decodeFile(fromHex("4200")))).toBe("LDS_UNKNOWN_FILE");
  expect(codeOf(() => decodeFile(new Uint8Array()))).toBe("LDS_UNKNOWN_FILE");
});

const SPECIMENS = process.env["SPECIMENS_DIR"];

describe.skipIf(!SPECIMENS)("specimen files of BSI TR-03105-5 (needs SPECIMENS_DIR)", () => {
  const read = (name: string) =>
    Uint8Array.from(readFileSync(join(SPECIMENS!, "specimens/bsi-tr-03105-5", name)));

  test("EF.COM", () => {
    const com = decodeCom(read("EF_COM.bin"));
    expect(com).toMatchObject({ ldsVersion: "0107", unicodeVersion: "040000", findings: [] });
    expect(dataGroupsOf(com.tagList)).toEqual([1, 2, 3, 4, 14]);
    expect(encodeCom(com)).toEqual(com.bytes);
  });

  test("DG1", () => {
    const dg1 = decodeDg1(read("Datagroup1.bin"));
    expect(dg1.mrz).toMatchObject({
      format: "TD3",
      issuer: "D",
      documentNumber: "C11T002JM",
      dateOfBirth: "960812",
      dateOfExpiry: "231031",
    });
    expect(encodeDg1(dg1)).toEqual(dg1.bytes);
  });

  test("DG2: one portrait in JPEG 2000", () => {
    const dg2 = decodeDg2(read("Datagroup2.bin"));
    expect(dg2.findings).toEqual([]);
    const [record, ...others] = biometricRecords(dg2);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ standard: "19794-5", findings: [] });
    const [image] = record!.images;
    expect(detectImageFormat(image!)).toBe("JP2");
    expect(readImageInfo(image!)).toMatchObject({ width: 413, height: 531 });
    expect(encodeDg2(dg2)).toEqual(dg2.bytes);
    if (record?.standard !== "19794-5") throw new Error("expected a facial record");
    expect(encodeFaceRecord(record.record)).toEqual(dg2.templates[0]!.data);
  });

  test("DG14: a key for chip authentication with explicit parameters", () => {
    const dg14 = decodeDg14(read("Datagroup14.bin"));
    expect(dg14.securityInfos).toMatchObject([
      { type: "ChipAuthenticationPublicKeyInfo", publicKey: read("DG14_pk.bin") },
      { type: "ChipAuthenticationInfo", version: 1 },
      { type: "TerminalAuthenticationInfo", version: 1 },
    ]);
    expect(encodeDg14(dg14)).toEqual(dg14.bytes);
  });

  test("DG15: an RSA key for active authentication", () => {
    const dg15 = decodeDg15(read("Datagroup15.bin"));
    expect(dg15.publicKey).toEqual(read("DG15_pk.bin"));
    expect(encodeDg15(dg15)).toEqual(dg15.bytes);
  });

  test.each(["dh", "ecdh"])("EF.CardAccess of an identity card (%s)", (kind) => {
    const path = join(SPECIMENS!, "specimens/npa-cvc", kind, "ef_cardaccess");
    const access = decodeCardAccess(Uint8Array.from(readFileSync(path)));
    expect(access.securityInfos.map(({ type }) => type)).toEqual([
      "TerminalAuthenticationInfo",
      "ChipAuthenticationInfo",
      "PACEInfo",
      "ChipAuthenticationDomainParameterInfo",
      "unknown",
      "unknown",
    ]);
    expect(encodeCardAccess(access)).toEqual(access.bytes);
  });
});
