import { readFileSync } from "node:fs";
import {
  createTrustStore,
  decodeDg2,
  decodeFaceRecord,
  encodeDg1,
  encodeDg2,
  encodeDg7,
  encodeDg11,
  encodeDg12,
  encodeFaceRecord,
  fromHex,
  makeMrz,
  verifyDocument,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../src/bytes.js";
import { createEmrtdServerChip, passportOf } from "../src/emrtd/index.js";
import { decodeResult, type EmrtdPassport, ValidationResult } from "../src/index.js";
import { DOCUMENTS, NOW, signed, TRUST } from "./support/documents.js";
import { countingRandom } from "./support/random.js";

const sample = JSON.parse(readFileSync(new URL("./vectors/result.json", import.meta.url), "utf8"));
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9);
const ZEROES = new Uint8Array(5);
/** The head of a codestream of a megapixel (ISO/IEC 15444-1, A.5.1). */
const J2K = fromHex(
  "ff4fff5100290000 00000400 00000400 00000000 00000000 00000400 00000400 00000000 00000000 0001 070101".replaceAll(
    " ",
    "",
  ),
);

type Files = ReturnType<typeof DOCUMENTS.aa>["files"];

const judged = (
  files: Files,
  toJpeg?: (image: Uint8Array) => Uint8Array | undefined,
): EmrtdPassport =>
  passportOf(verifyDocument(files, TRUST, { at: NOW, crypto: nodeCrypto }), files, {
    toJpeg,
    given: { chip: false, active: false },
    requireChipProof: false,
  });

describe("what a document says", () => {
  test("every field of the machine readable zone, of a passport and of a card", () => {
    expect(judged(DOCUMENTS.aa().files).mrzInfo).toEqual({
      documentType: "TD3",
      documentCode: "PP",
      issuingState: "UTO",
      primaryIdentifier: "ERIKSSON",
      secondaryIdentifier: ["ANNA", "MARIA"],
      nationality: "UTO",
      documentNumber: "L898902C3",
      dateOfBirth: "740812",
      gender: "FEMALE",
      dateOfExpiry: "340415",
      optionalData1: "ZE184226B",
      optionalData2: null,
    });
    expect(judged(DOCUMENTS["td1-id-card"]().files).mrzInfo).toMatchObject({
      documentType: "TD1",
      documentCode: "I",
      optionalData2: "",
    });
  });

  test.each([
    ["M", "MALE"],
    ["F", "FEMALE"],
    ["X", "UNSPECIFIED"],
  ] as const)("sex %s is %s", (sex, gender) => {
    const lines = makeMrz("TD3", {
      documentCode: "P",
      issuer: "UTO",
      surname: "ONE NAME ONLY",
      givenNames: "",
      documentNumber: "A1",
      nationality: "UTO",
      dateOfBirth: "740812",
      sex,
      dateOfExpiry: "340415",
      optionalData: "",
      optionalData2: "",
    }).split("\n");
    const { mrzInfo } = judged(signed({ DG1: encodeDg1({ mrz: { lines } }) }));
    expect(mrzInfo).toMatchObject({ gender, secondaryIdentifier: [], optionalData1: "" });
  });

  test("every field of DG11 and DG12", () => {
    const files = signed({
      ...DOCUMENTS.aa().files,
      DG11: encodeDg11({
        fullName: "ERIKSSON<<ANNA",
        otherNames: ["OTHER<<ONE"],
        personalNumber: "1",
        fullDateOfBirth: "19740812",
        placeOfBirth: "ZENITH<UTOPIA",
        permanentAddress: "STREET 1<ZENITH",
        telephone: "2",
        profession: "3",
        title: "4",
        personalSummary: "5",
        proofOfCitizenship: JPEG,
        otherTravelDocumentNumbers: "A<B",
        custodyInformation: "6",
      }),
      DG12: encodeDg12({
        issuingAuthority: "7",
        dateOfIssue: "20240416",
        otherPersons: ["P<<Q", "R<<S"],
        endorsements: "8",
        taxExitRequirements: "9",
        imageOfFront: JPEG,
        imageOfRear: JPEG,
        personalizationTime: "20240416121314",
        personalizationSystemSerialNumber: "10",
      }),
    });
    const passport = judged(files);
    expect(passport.additionalPersonalDetails).toEqual({
      fullNameOfHolder: "ERIKSSON<<ANNA",
      otherNames: ["OTHER<<ONE"],
      personalNumber: "1",
      fullDateOfBirth: "19740812",
      placeOfBirth: "ZENITH UTOPIA",
      permanentAddress: ["STREET 1", "ZENITH"],
      telephone: "2",
      profession: "3",
      title: "4",
      personalSummary: "5",
      proofOfCitizenshipImage: JPEG,
      otherValidTravelDocumentNumbers: ["A", "B"],
      custodyInformation: "6",
    });
    expect(passport.additionalDocumentDetails).toEqual({
      issuingAuthority: "7",
      dateOfIssue: "20240416",
      namesOfOtherPersons: "P<<Q, R<<S",
      endorsementsAndObservations: "8",
      taxOrExitRequirements: "9",
      imageOfFront: JPEG,
      imageOfRear: JPEG,
      dateAndTimeOfPersonalization: "20240416121314",
      personalizationSystemSerialNumber: "10",
    });
  });
});

test("a data group that is signed and cannot be read is told, and null", () => {
  const broken = (tag: number) => Uint8Array.of(tag, 0x01, 0x00);
  const files = { DG1: broken(0x61), DG11: broken(0x6b), DG12: broken(0x6c) };
  const passport = judged(signed({ ...DOCUMENTS.aa().files, ...files }));
  expect(passport).toMatchObject({
    mrzInfo: null,
    additionalPersonalDetails: null,
    additionalDocumentDetails: null,
    passiveAuthentication: true,
  });
  expect(passport.errors).toEqual(
    expect.arrayContaining(["DG1: FILE_MALFORMED", "DG11: FILE_MALFORMED", "DG12: FILE_MALFORMED"]),
  );
  expect(judged(signed({ DG1: DOCUMENTS.aa().files.DG1! })).errors).toEqual([]);
});

describe("pictures", () => {
  const never = () => {
    throw new Error("JPEG needs no converter");
  };
  const { files } = DOCUMENTS.aa();
  const template = decodeDg2(files.DG2!).templates[0]!;
  const record = decodeFaceRecord(template.data);
  const face = record.images[0]!;
  const withFace = (change: Partial<typeof face>): Files => {
    const data = encodeFaceRecord({ ...record, images: [{ ...face, ...change }] });
    return signed({ ...files, DG2: encodeDg2({ templates: [{ ...template, data }] }) });
  };

  test.each<[string, Partial<typeof face>]>([
    ["a portrait", {}],
    ["a portrait that the record calls JPEG 2000", { imageDataType: 1 }],
    ["a portrait with padding behind its end", { image: concatBytes(face.image, ZEROES) }],
    ["a picture of a few bytes", { image: JPEG }],
  ])("JPEG stays as it is: %s", (_, change) => {
    const { image = face.image } = change;
    const passport = judged(withFace(change), never);
    const end = image.lastIndexOf(0xd9) + 1;
    expect(passport.facePhoto).toEqual(image.slice(0, end));
    expect(passport.errors).toEqual([]);
    expect(passport.passiveAuthentication).toBe(true);
    const body = ValidationResult.encode({ emrtd_passport: passport, client_validation_id: "v" });
    expect(decodeResult(body).passport.facePhoto).toEqual(passport.facePhoto);
  });

  test("a portrait that is none of the two is left out, and the rest stands", () => {
    const passport = judged(withFace({ image: Uint8Array.of(1, 2, 3) }), () => undefined);
    expect(passport.facePhoto).toBeNull();
    expect(passport.errors).toEqual(["DG2: IMAGE_NOT_CONVERTED"]);
    expect(passport.mrzInfo?.primaryIdentifier).toBe("ERIKSSON");
  });

  test("others through a converter, or not at all", () => {
    const files = signed({ ...DOCUMENTS.aa().files, DG7: encodeDg7({ images: [JPEG, J2K] }) });
    expect(judged(files, () => JPEG).signaturePhotos).toEqual([JPEG, JPEG]);
    for (const toJpeg of [
      undefined,
      () => undefined,
      () => {
        throw new RangeError("broken image");
      },
    ]) {
      const passport = judged(files, toJpeg);
      expect(passport.signaturePhotos).toEqual([JPEG]);
      expect(passport.errors).toEqual(["DG7: IMAGE_NOT_CONVERTED"]);
    }
  });

  test("no more pixels than real documents have are converted, whatever is stated", () => {
    const stated = (width: number) => {
      const image = Uint8Array.from(J2K);
      new DataView(image.buffer).setUint32(8, width);
      return image;
    };
    const images = [stated(0xffff_ffff), stated(0x300), J2K, JPEG, J2K, stated(0x100)];
    const converted: Uint8Array[] = [];
    const passport = judged(signed({ ...files, DG7: encodeDg7({ images }) }), (image) => {
      converted.push(image);
      return JPEG;
    });
    expect(converted).toEqual([stated(0x300), J2K, stated(0x100)]);
    expect(passport.signaturePhotos).toEqual([JPEG, JPEG, JPEG, JPEG]);
    expect(passport.errors).toEqual(["DG7: IMAGE_NOT_CONVERTED", "DG7: IMAGE_NOT_CONVERTED"]);
  });

  test("a data group that cannot be read", () => {
    const files = signed({ ...DOCUMENTS.aa().files, DG2: Uint8Array.of(0x75, 0x01, 0x00) });
    const passport = judged(files);
    expect(passport.facePhoto).toBeNull();
    expect(passport.errors).toEqual(["DG2: FILE_MALFORMED"]);
    expect(passport.passiveAuthentication).toBe(true);
  });
});

describe("what was proved", () => {
  test("what could not be determined is false, with its reason", () => {
    const files = DOCUMENTS.aa().files;
    const nobody = verifyDocument(files, createTrustStore([]), { at: NOW, crypto: nodeCrypto });
    const passport = passportOf(nobody, files, {
      given: { chip: false, active: false },
      requireChipProof: false,
    });
    expect(passport).toMatchObject({
      passiveAuthentication: false,
      passiveAuthenticationDetails: {
        sodSignatureValid: true,
        documentCertificateValid: false,
        allHashesValid: true,
        error: "NO_TRUST_ANCHOR",
      },
      chipAuthenticationResult: "UNAVAILABLE",
    });
    expect(passport.errors).toContain("document-signer-chain: NO_TRUST_ANCHOR");
  });

  test("a certificate that is out of date", () => {
    const files = DOCUMENTS.aa().files;
    const late = verifyDocument(files, TRUST, { at: new Date("2100-01-01"), crypto: nodeCrypto });
    const passport = passportOf(late, files, {
      given: { chip: false, active: false },
      requireChipProof: false,
    });
    expect(passport.passiveAuthenticationDetails).toMatchObject({
      documentCertificateValid: false,
      error: "EXPIRED",
    });
  });

  test("a security object that cannot be read proves nothing, and ends nothing", () => {
    const chip = createEmrtdServerChip({
      trust: () => TRUST,
      random: countingRandom(),
      now: () => NOW,
    });
    const passport = chip.judge({
      files: new Map([
        ["sod", Uint8Array.of(1, 2, 3)],
        ["dg1", Uint8Array.of(0x61)],
        ["dg14", Uint8Array.of(0xff)],
      ]),
      proofs: [],
      chipPresent: true,
    });
    expect(passport).toMatchObject({
      sodInfo: null,
      mrzInfo: null,
      passiveAuthentication: false,
      passiveAuthenticationDetails: { sodSignatureValid: false, error: "SOD_MALFORMED" },
    });
    expect(() =>
      ValidationResult.encode({ emrtd_passport: passport, client_validation_id: null }),
    ).not.toThrow();
  });

  test("is read from the shape that published clients read, and written in it again", () => {
    const { passport, validationId } = decodeResult(JSON.stringify(sample.result));
    expect(validationId).toBe("4711");
    const written = ValidationResult.encode({
      emrtd_passport: passport,
      client_validation_id: validationId,
    });
    expect(JSON.parse(written)).toEqual(sample.result);
  });

  test("has the types that published clients read: one wrong list, and they read nothing", () => {
    const { DG11, DG12 } = {
      DG11: encodeDg11({ fullName: "A", placeOfBirth: "B<C", permanentAddress: "D<E" }),
      DG12: encodeDg12({ issuingAuthority: "F", otherPersons: ["G", "H"] }),
    };
    const text = ValidationResult.encode({
      emrtd_passport: judged(signed({ ...DOCUMENTS.aa().files, DG11, DG12 })),
      client_validation_id: "v",
    });
    const kindsOf = (value: unknown): unknown => {
      if (Array.isArray(value)) return "list";
      if (typeof value !== "object" || value === null) return "one";
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, kindsOf(one)]));
    };
    const { additional_personal_details: person, additional_document_details: paper } = kindsOf(
      JSON.parse(text).emrtd_passport,
    ) as Record<string, Record<string, string>>;
    const lists = Object.entries({ ...person, ...paper }).filter(([, kind]) => kind === "list");
    expect(lists.map(([key]) => key).sort()).toEqual(["other_names", "permanent_address"]);
  });

  test("keys that clients ask for are always there", () => {
    const text = ValidationResult.encode({
      emrtd_passport: judged(DOCUMENTS.aa().files),
      client_validation_id: "v",
    });
    for (const key of [
      '"optional_data1":',
      '"optional_data2":null',
      '"error":null',
      '"errors":[]',
      '"signature_photos":[]',
      '"secondary_identifier":["ANNA","MARIA"]',
      '"passive_authentication_details":{"sod_signature_valid":true',
    ]) {
      expect(text).toContain(key);
    }
  });
});
