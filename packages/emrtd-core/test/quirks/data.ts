import { expect } from "vitest";
import { mrzInformation } from "../../src/access/password.js";
import { encodeFaceRecord } from "../../src/biometrics/face-19794-5.js";
import { detectImageFormat, readImageInfo } from "../../src/biometrics/image-format.js";
import { biometricImages, biometricRecords } from "../../src/biometrics/index.js";
import { concatBytes, fromHex, toHex } from "../../src/bytes.js";
import { signContent } from "../../src/chip/pki.js";
import { portraitImage } from "../../src/chip/portrait.js";
import { portableCrypto } from "../../src/crypto/portable.js";
import type { BiometricInformationTemplate } from "../../src/lds/biometric-template.js";
import { decodeDg2, encodeDg2 } from "../../src/lds/dg2.js";
import { decodeDg11 } from "../../src/lds/dg11.js";
import { decodeDg12 } from "../../src/lds/dg12.js";
import { encodeLdsSecurityObject, encodeSod } from "../../src/lds/sod.js";
import { mrzCheckDigit } from "../../src/mrz/check-digit.js";
import { makeMrz } from "../../src/mrz/make-mrz.js";
import { mrzCheckDigitsCorrect } from "../../src/mrz/mrz.js";
import { parseMrz } from "../../src/mrz/parse-mrz.js";
import { encodeTlv } from "../../src/tlv.js";
import { check, deviations, verify } from "../support/judged.js";
import { readProfile } from "../support/read-profile.js";
import {
  ECDSA,
  makeFiles,
  makeSignerCertificate,
  SIGNER_KEY,
  SPECIMEN_MRZ,
  signerExtensions,
  tools,
  x,
} from "../support/test-document.js";
import portraits from "../vectors/dg2-39794-5.json" with { type: "json" };

const JPEG = fromHex("ffd8ffe00004000affc0000b08014000f001011100ffd9");
const FACE = {
  gender: 2,
  eyeColour: 0,
  hairColour: 0,
  featureMask: 0,
  expression: 0,
  poseAngle: [0, 0, 0],
  poseAngleUncertainty: [0, 0, 0],
  featurePoints: [],
  imageType: 1,
  imageDataType: 0,
  width: 240,
  height: 320,
  colourSpace: 1,
  sourceType: 2,
  deviceType: 0,
  quality: 0,
  image: JPEG,
} as const;

const dg2Of = (data: Uint8Array, dataTag: 0x5f2e | 0x7f2e = 0x5f2e) => {
  const header = { formatOwner: 0x0101, formatType: 0x0008, unknown: [] };
  const template: BiometricInformationTemplate = { header, dataTag, data, unknown: [] };
  return decodeDg2(encodeDg2({ templates: [template] }));
};

const text = (value: string) => new TextEncoder().encode(value);
const dg11 = (...objects: readonly Uint8Array[]) => decodeDg11(encodeTlv(0x6b, ...objects));
const dg12 = (...objects: readonly Uint8Array[]) => decodeDg12(encodeTlv(0x6c, ...objects));

export const dataQuirks = {
  "portrait-39794": () => {
    for (const { dg2 } of portraits) {
      const group = decodeDg2(fromHex(dg2));
      const [record] = biometricRecords(group);
      expect(record?.standard).toBe("39794-5");
      expect(biometricImages(group).map(detectImageFormat)).toEqual(["JP2"]);
    }
  },
  "biometric-data-tag": () => {
    const record = encodeFaceRecord({ images: [FACE] });
    for (const tag of [0x5f2e, 0x7f2e] as const) {
      expect(biometricImages(dg2Of(record, tag))).toEqual([JPEG]);
    }
  },
  "portrait-absent": async () => {
    const { report, reading } = await readProfile("bac-ecdsa", {
      faults: ["refused-file=DG2:6a82"],
    });
    expect(reading.outcomes.DG2).toBe("absent");
    expect(report.dataGroups[2]).toEqual({ hash: "not-read" });
    expect(report.document.surname).toBe("ERIKSSON");
    const nobody = await readProfile("bac-ecdsa", { faults: ["refused-file=DG1:6a82"] });
    expect(nobody.check("data-group-hashes")).toMatchObject({ reason: "DG1_NOT_READ" });
    expect(nobody.report.verdict).toBe("undetermined");
  },
  "image-padding": () => {
    for (const filler of [0x00, 0xff]) {
      const image = concatBytes(JPEG, new Uint8Array(9).fill(filler));
      expect(biometricImages(dg2Of(encodeFaceRecord({ images: [{ ...FACE, image }] })))).toEqual([
        JPEG,
      ]);
    }
  },
  "image-codestream": () => {
    const jp2 = portraitImage("JPEG 2000");
    const at = toHex(jp2).indexOf("ff4fff51") / 2;
    const codestream = jp2.subarray(at);
    expect(detectImageFormat(codestream)).toBe("J2K");
    expect(readImageInfo(codestream)).toMatchObject({ mediaType: "image/j2c" });
    const { width, height } = readImageInfo(jp2);
    expect(readImageInfo(codestream)).toMatchObject({ width, height });
    const [record] = biometricRecords(dg2Of(codestream));
    expect(record?.images[0]).toEqual(codestream);
  },
  "portrait-lengths": () => {
    const record = encodeFaceRecord({ images: [FACE] });
    for (const difference of [-8, -1, 1, 8]) {
      const wrong = record.slice();
      wrong[11]! += difference;
      const [read] = biometricRecords(dg2Of(wrong));
      expect(read?.images).toEqual([JPEG]);
      expect(read?.findings).toEqual([{ code: "LENGTH_MISMATCH", where: "facial record" }]);
    }
  },
  "portrait-feature-points": () => {
    const featurePoints = [1, 2, 3].map((code) => ({ type: 1, code, x: 10 * code, y: 20 }));
    const [read] = biometricRecords(
      dg2Of(encodeFaceRecord({ images: [{ ...FACE, featurePoints }] })),
    );
    if (read?.standard !== "19794-5") expect.unreachable();
    expect(read.record.images[0]?.featurePoints).toEqual(featurePoints);
    expect(read.images).toEqual([JPEG]);
  },
  "dates-packed": () => {
    expect(dg11(encodeTlv(0x5f2b, fromHex("19740812")))).toMatchObject({
      fullDateOfBirth: "19740812",
      findings: [{ code: "DATE_BCD", where: "fullDateOfBirth" }],
    });
    expect(dg12(encodeTlv(0x5f55, fromHex("20070416103000")))).toMatchObject({
      personalizationTime: "20070416103000",
      findings: [{ code: "DATE_BCD", where: "personalizationTime" }],
    });
    expect(dg11(encodeTlv(0x5f2b, text("19740812"))).findings).toEqual([]);
  },
  "other-names": () => {
    const name = encodeTlv(0x5f0f, text("ERICSON<<ANNE"));
    expect(dg11(encodeTlv(0xa0, fromHex("020101"), name)).otherNames).toEqual(["ERICSON<<ANNE"]);
    expect(dg11(name).unknown).toEqual([{ tag: 0x5f0f, value: text("ERICSON<<ANNE") }]);
  },
  "empty-elements": () => {
    expect(dg11(encodeTlv(0x5f0e), encodeTlv(0x5f11))).toMatchObject({
      fullName: "",
      placeOfBirth: "",
      findings: [],
    });
  },
  "tag-5f85": () => {
    const read = dg12(
      concatBytes(fromHex("5c045f265f85"), fromHex("5f850e"), text("20070416103000")),
    );
    expect(read.tagList).toEqual([0x5f26, 0x5f85]);
    expect(read.unknown).toEqual([{ tag: 0x5f85, value: text("20070416103000") }]);
  },
  fillers: () => {
    const zone = (name: string) =>
      parseMrz(SPECIMEN_MRZ.replace(/^.*\n/, `P<UTO${name.padEnd(39, "<")}\n`));
    for (const name of [
      "<<ERIKSSON<<ANNA<MARIA",
      "ERIKSSON<<<ANNA<<MARIA",
      "<ERIKSSON<<ANNA<MARIA",
    ]) {
      expect(zone(name)).toMatchObject({ surname: "ERIKSSON", givenNames: "ANNA MARIA" });
      expect(zone(name).lines[0]).toContain(name);
    }
    expect(zone("<<ANNA<MARIA")).toMatchObject({ surname: "", givenNames: "ANNA MARIA" });
    expect(zone("<ERIKSSON")).toMatchObject({ surname: "ERIKSSON", givenNames: "" });
  },
  "zone-of-two-letters": () => {
    const DG1 = encodeTlv(0x61, encodeTlv(0x5f1f, text("UB")));
    const hashes = new Map([[1 as const, portableCrypto.hash("SHA-256", DG1)]]);
    const content = encodeLdsSecurityObject({
      version: 0,
      hashAlgorithm: "2.16.840.1.101.3.4.2.1",
      dataGroupHashes: hashes,
    });
    const signer = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
    const SOD = encodeSod(signContent("2.23.136.1.1.1", content, [signer], tools));
    const report = verify({ SOD, DG1 });
    expect(check(report, "data-group-hashes")).toEqual(["passed", null]);
    expect(check(report, "mrz-consistency")).toEqual(["undetermined", "DG1_MALFORMED"]);
    expect(report.document.number).toBeNull();
  },
  "long-document-number": () => {
    for (const documentNumber of ["D231458901", "D2314589012", "D23145890734"]) {
      for (const format of ["TD1", "TD2"] as const) {
        const zone = parseMrz(
          makeMrz(format, {
            documentCode: "I",
            issuer: "UTO",
            documentNumber,
            surname: "ERIKSSON",
            givenNames: "ANNA MARIA",
            nationality: "UTO",
            dateOfBirth: "740812",
            sex: "F",
            dateOfExpiry: "340415",
          }),
        );
        expect(zone.documentNumber).toBe(documentNumber);
        expect(mrzCheckDigitsCorrect(zone)).toBe(true);
        expect(mrzInformation(zone).startsWith(documentNumber)).toBe(true);
      }
    }
  },
  "filler-counted": () => {
    const zone = (digit: string) =>
      parseMrz(
        `IDBEL000590240<601${digit}<<<<<<<<<<<8512017F1311048BEL851201002007REINARTZ<<ULRIKE<KATIA<E<<<<<<`,
      );
    expect(mrzCheckDigit("000590240601")).toBe("1");
    expect(zone("3").documentNumber).toBe("000590240601");
    expect(zone("3").checkDigits.every(({ correct }) => correct)).toBe(true);
    expect(zone("3").findings).toEqual([{ code: "MRZ_FILLER_COUNTED", where: "documentNumber" }]);
    expect(zone("1").findings).toEqual([]);
    expect(zone("2").checkDigits[0]).toMatchObject({ expected: "1", found: "2", correct: false });
  },
  "unused-check-digit": () => {
    const unused = (digit: string) => {
      const [first] = SPECIMEN_MRZ.split("\n");
      const second = `L898902C36UTO7408122F1204159${"<".repeat(14)}${digit}`;
      const composite = parseMrz(`${first}\n${second}0`).checkDigits.at(-1)!.expected;
      return parseMrz(`${first}\n${second}${composite}`);
    };
    expect(mrzCheckDigitsCorrect(unused("0"))).toBe(true);
    expect(mrzCheckDigitsCorrect(unused("<"))).toBe(true);
    expect(mrzCheckDigitsCorrect(unused("1"))).toBe(false);
  },
  "two-letter-codes": () => {
    const mrz = SPECIMEN_MRZ.replace("P<UTO", "PPUTO");
    const extensions = [...signerExtensions(), x.documentTypeList("P")];
    const files = makeFiles({ mrz, certificate: makeSignerCertificate({ extensions }) });
    const report = verify(files);
    expect(report.document.documentCode).toBe("PP");
    expect(deviations(report)).not.toContain("DOCUMENT_TYPE_NOT_LISTED");
    const others = [...signerExtensions(), x.documentTypeList("PD")];
    const other = makeFiles({ mrz, certificate: makeSignerCertificate({ extensions: others }) });
    expect(deviations(verify(other))).toContain("DOCUMENT_TYPE_NOT_LISTED");
  },
};
