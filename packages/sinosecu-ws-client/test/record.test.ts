import { createTrustStore, parseMrz, portableCrypto, verifyDocument } from "@org/emrtd-core";
import { personalise, simulatorAnchors } from "@org/emrtd-core/testing";
import { describe, expect, test } from "vitest";
import {
  type CardRecord,
  chipFiles,
  decodeImage,
  encodeImage,
  type Field,
  formatCheckField,
  imageFormat,
  parseCheckField,
  readRecord,
  SinosecuError,
} from "../src/index.js";

const recordOf = (fields: readonly Field[], images: CardRecord["images"] = []): CardRecord => ({
  number: 1,
  detected: true,
  takenAway: false,
  openedAt: 0,
  closedAt: 1_500,
  closedBy: "settled",
  fields,
  images,
  custom: [],
});

const named = (fields: Readonly<Record<string, string>>): Field[] =>
  Object.entries(fields).map(([name, content]) => ({ name, content }));

/** ICAO Doc 9303-4, appendix B. */
const MRZ1 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const MRZ2 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

describe("fields", () => {
  test("come from the MRZ lines first", () => {
    const read = readRecord(
      recordOf(named({ MRZ1, MRZ2, "Passport number": "L898902C8", "Place of issue": "ZENITH" })),
      parseMrz,
    );
    expect(read.document.documentNumber).toEqual({ value: "L898902C3", source: "mrz" });
    expect(read.document.surname?.value).toBe("ERIKSSON");
    expect(read.document.placeOfIssue).toEqual({
      value: "ZENITH",
      source: "unknown",
      name: "Place of issue",
    });
    expect(read.mrz).toEqual({ lines: [MRZ1, MRZ2], status: "correct", wrongCheckDigits: [] });
    expect(read.disagreements).toEqual([
      {
        field: "documentNumber",
        mrz: "L898902C3",
        other: "L898902C8",
        source: "unknown",
        name: "Passport number",
      },
    ]);
  });

  test("are known by their English, Chinese and mistyped names, in any case and with prefixes", () => {
    const read = readRecord(
      recordOf(
        named({
          护照号码MRZ: "L898902C3",
          "Date of Birth": "1974-08-12",
          "expity  DATA": "2012-04-15",
          Birthplacelace: "ZENITH",
          "Issuing Data": "2002-04-15",
          "OCR_Country code(Nationality)": "UTO ",
          RFID_Sex: "F",
          英文姓: "ERIKSSON",
          "The Given Name in English": "ANNA MARIA",
        }),
      ),
    );
    const values = Object.fromEntries(
      Object.entries(read.document).map(([key, { value, source }]) => [key, `${value} ${source}`]),
    );
    expect(values).toEqual({
      documentNumber: "L898902C3 mrz",
      dateOfBirth: "1974-08-12 unknown",
      dateOfExpiry: "2012-04-15 unknown",
      placeOfBirth: "ZENITH unknown",
      dateOfIssue: "2002-04-15 unknown",
      nationality: "UTO ocr",
      sex: "F rfid",
      surname: "ERIKSSON unknown",
      givenNames: "ANNA MARIA unknown",
    });
  });

  /** Names as client programs of the maker's recognition give them for a passport; the holder is the standard's. */
  test("have names of the printed page beside those of the zone", () => {
    const read = readRecord(
      recordOf(
        named({
          护照号码MRZ: "L898902C3",
          本国姓名: "ERIKSSON ANNA MARIA",
          英文姓名: "ERIKSSON  ANNA MARIA",
          性别: "女",
          出生日期: "1974-08-12",
          有效期至: "2012-04-15",
          签发国代码: "UTO",
          英文姓: "ERIKSSON",
          英文名: "ANNA MARIA",
          MRZ1,
          MRZ2,
          持证人国籍代码: "UTO",
          护照号码: "L898902C3",
          签发地点: "",
          "RFID MRZ": "",
          "OCR MRZ": MRZ1 + MRZ2,
          性别OCR: "F",
          持证人国籍代码OCR: "UTO",
          出生日期OCR: "12 AUG/AOUT 74",
          有效期至OCR: "2012-05-15",
          签发机关OCR: "PASSPORT OFFICE",
        }),
      ),
      parseMrz,
    );
    expect(read.document.authority).toMatchObject({ value: "PASSPORT OFFICE", source: "ocr" });
    expect(read.disagreements).toEqual([
      {
        field: "dateOfExpiry",
        mrz: "120415",
        other: "2012-05-15",
        source: "ocr",
        name: "有效期至OCR",
      },
    ]);
  });

  test("of the zones of the chip and of the page, each that differs is said", () => {
    const other = MRZ2.replace("L898902C36", "L898902C28");
    const zones = { MRZ1, MRZ2, "OCR MRZ": MRZ1 + MRZ2, "RFID MRZ": MRZ1 + other };
    expect(readRecord(recordOf(named(zones)), parseMrz).disagreements).toEqual([
      {
        field: "documentNumber",
        mrz: "L898902C3",
        other: "L898902C2",
        source: "rfid",
        name: "RFID MRZ",
      },
    ]);
    const unreadable = { MRZ1, MRZ2, "RFID MRZ": "P<UTO" };
    expect(readRecord(recordOf(named(unreadable)), parseMrz).disagreements).toEqual([]);
  });

  test("are words of the service, never of the language that reads them", () => {
    for (const word of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const { document, disagreements, checks } = readRecord(
        recordOf([
          { name: word, content: word },
          { name: "Sex", content: word, source: word },
          { name: "SourceType", content: `YY${word}` },
          ...named({ MRZ1, MRZ2 }),
        ]),
        parseMrz,
      );
      expect(document.sex).toEqual({ value: "F", source: "mrz" });
      expect(disagreements).toEqual([
        { field: "sex", mrz: "F", other: word, source: "unknown", name: "Sex" },
      ]);
      expect(checks.source?.page).toBe("unknown");
    }
  });

  test("the number from the MRZ counts before the printed one", () => {
    const fields = named({
      "Passport number": "PRINTED",
      "The passport number from MRZ": "FROM MRZ",
    });
    expect(readRecord(recordOf(fields)).document.documentNumber?.value).toBe("FROM MRZ");
  });

  test("codes and numbers are rid of what readers leave behind them, and names are left alone", () => {
    for (const [name, content, value] of [
      ["Nationality code", "UTO<", "UTO"],
      ["Nationality code", "UTO1", "UTO"],
      ["Country code(Nationality)", "D  ", "D"],
      ["Nationality code", "UTOPIA", "UTOPIA"],
      ["Passport number", "D23145890<<", "D23145890"],
    ] as const) {
      const { document } = readRecord(recordOf([{ name, content }]));
      expect(Object.values(document)[0]!.value).toBe(value);
    }
  });

  test("sources are those that the service names", () => {
    const fields = [{ name: "Sex", content: "F", source: "RFID" }];
    expect(readRecord(recordOf(fields)).document.sex?.source).toBe("rfid");
  });

  test("every field is kept as received, known or not", () => {
    const fields = named({ "Something new": " x ", CARD_MAINID: "13", UVDull: "YY" });
    const read = readRecord(recordOf(fields));
    expect(read.fields).toEqual(fields);
    expect(read.mainId).toBe("13");
    expect(read.document).toEqual({});
  });
});

describe("the MRZ against the page", () => {
  const disagreeing = (fields: Readonly<Record<string, string>>): string[] =>
    readRecord(recordOf(named({ MRZ1, MRZ2, ...fields })), parseMrz).disagreements.map(
      ({ field }) => field,
    );

  test("spellings of the same agree", () => {
    expect(
      disagreeing({
        "Date of birth": "1974-08-12",
        出生日期: "19740812",
        "Date of expiry": "15 APR 2012",
        Sex: "Female",
        性别: "女",
        "Surname(VIZ)": "\u00c9riksson",
        "Given Name(VIZ)": "Anna  Maria",
        "Nationality code": "UTO<",
        "Country code(Nationality)": "UTO,",
        "Passport number": "l898902c3",
      }),
    ).toEqual([]);
  });

  test("each field that differs is found", () => {
    expect(
      disagreeing({
        "Date of birth": "1974-08-13",
        "Date of expiry": "2013-04-15",
        Sex: "M",
        "Surname(VIZ)": "ERICSSON",
        "Given Name(VIZ)": "ANNE",
        "Nationality code": "UTA",
        "Issuing country code": "D",
        "Passport type": "V",
      }),
    ).toEqual([
      "documentCode",
      "surname",
      "givenNames",
      "sex",
      "dateOfBirth",
      "dateOfExpiry",
      "issuer",
      "nationality",
    ]);
  });

  test("what the service says it took from the MRZ is not compared with it", () => {
    const fields = [...named({ MRZ1, MRZ2 }), { name: "Sex", content: "M", source: "MRZ" }];
    expect(readRecord(recordOf(fields), parseMrz).disagreements).toEqual([]);
  });

  test("wrong check digits are named, not thrown", () => {
    const fields = named({ MRZ1, MRZ2: MRZ2.replace("L898902C3", "L898902C8") });
    expect(readRecord(recordOf(fields), parseMrz).mrz).toMatchObject({
      status: "wrong",
      wrongCheckDigits: ["documentNumber", "composite"],
    });
  });

  test("lines that are none, and a parser that was not given, are said", () => {
    const broken = recordOf(named({ MRZ1: "P<UTO", MRZ2: "x" }));
    expect(readRecord(broken, parseMrz).mrz?.status).toBe("unreadable");
    expect(readRecord(recordOf(named({ MRZ1, MRZ2 }))).mrz?.status).toBe("not-parsed");
    expect(readRecord(recordOf(named({ MRZ1 })), parseMrz).mrz).toBeUndefined();
  });
});

describe("checks of the page", () => {
  test("two letters and a text, as the manual's examples have them", () => {
    for (const [text, field] of [
      ["YY", { done: true, positive: true, detail: "" }],
      ["YY5", { done: true, positive: true, detail: "5" }],
      ["YN0", { done: true, positive: false, detail: "0" }],
      [
        "NN no ultraviolet\nlight",
        { done: false, positive: false, detail: "no ultraviolet\nlight" },
      ],
    ] as const) {
      expect(parseCheckField(text)).toEqual(field);
      expect(parseCheckField(formatCheckField(field))).toEqual(field);
    }
    for (const text of ["", "Y", "yy", "XY", " YY"]) {
      expect(() => parseCheckField(text)).toThrow(SinosecuError);
    }
  });

  const checksOf = (fields: Readonly<Record<string, string>>) =>
    readRecord(recordOf(named(fields))).checks;

  test("passed, failed or undetermined, never passed by default", () => {
    expect(checksOf({})).toEqual({});
    expect(checksOf({ UVDull: "YY", Fibre: "YY5", SourceType: "YY0" })).toEqual({
      uvDull: { status: "passed", detail: "" },
      fibre: { status: "passed", count: 5, detail: "5" },
      source: { status: "passed", page: "original", detail: "0" },
    });
    expect(checksOf({ UVDull: "YN bright", Fibre: "YN0", SourceType: "YN4" })).toEqual({
      uvDull: { status: "failed", detail: "bright" },
      fibre: { status: "failed", count: 0, detail: "0" },
      source: { status: "failed", page: "moire", detail: "4" },
    });
    expect(checksOf({ UVDull: "NN no UV", Fibre: "garbage", SourceType: "NN1" })).toMatchObject({
      uvDull: { status: "undetermined" },
      fibre: { status: "undetermined" },
      source: { status: "undetermined", page: "unknown" },
    });
    expect(checksOf({ SourceType: "YN1" }).source?.page).toBe("copy");
    expect(checksOf({ SourceType: "YN2" }).source?.page).toBe("colour-copy");
  });

  test("a fibre check told as UVDull is taken for what it is", () => {
    expect(checksOf({ UVDull: "YY7" })).toEqual({
      fibre: { status: "passed", count: 7, detail: "7" },
    });
    expect(checksOf({ UVDull: "YN0" })).toEqual({
      fibre: { status: "failed", count: 0, detail: "0" },
    });
  });

  test("an empty bar code means that none was recognised", () => {
    expect(readRecord(recordOf(named({ BarCode: "" }))).barCode).toEqual({
      status: "not-recognised",
    });
    expect(readRecord(recordOf(named({ BarCode: "4006381333931" }))).barCode).toEqual({
      status: "read",
      content: "4006381333931",
    });
    expect(readRecord(recordOf([])).barCode).toBeUndefined();
  });
});

describe("images", () => {
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3]);

  test("with and without data URL, with and without the two digits", () => {
    for (const code of [undefined, 1, 2, 4, 8, 16]) {
      const text = encodeImage({ bytes: jpeg, ...(code === undefined ? {} : { code }) });
      const wanted = { bytes: jpeg, format: "jpeg", ...(code === undefined ? {} : { code }) };
      expect(decodeImage(text)).toEqual({ ...wanted, declared: "image/jpeg" });
      expect(decodeImage(text.slice(text.indexOf(",") + 1))).toEqual(wanted);
    }
  });

  test("are what their first bytes say, whatever they are called", () => {
    for (const [format, start] of [
      ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
      ["bmp", [0x42, 0x4d, 1, 2]],
      ["gif", [0x47, 0x49, 0x46, 0x38, 0x39]],
      ["tiff", [0x49, 0x49, 0x2a, 0x00]],
      ["jp2", [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]],
      ["j2k", [0xff, 0x4f, 0xff, 0x51]],
      ["wsq", [0xff, 0xa0, 0xff]],
      ["unknown", [1, 2, 3]],
    ] as const) {
      const bytes = Uint8Array.from([...start, 9, 9]);
      expect(imageFormat(bytes)).toBe(format);
      expect(decodeImage(encodeImage({ bytes, declared: "image/jpeg" })).format).toBe(format);
      if (format !== "unknown") {
        expect(decodeImage(encodeImage({ bytes, code: 2 }))).toMatchObject({
          format,
          code: 2,
          bytes,
        });
      }
    }
  });

  test("base64 that begins with two digits of its own is left whole", () => {
    const bytes = Uint8Array.from([0xd7, 0xa0, 0x00, 0x10]);
    const text = encodeImage({ bytes });
    expect(text.split(",")[1]!.startsWith("16")).toBe(true);
    expect(decodeImage(text)).toEqual({ bytes, format: "unknown", declared: "image/jpeg" });
  });

  test("one that cannot be decoded is marked and spoils no other", () => {
    const read = readRecord(
      recordOf(
        [],
        [
          { kind: "White", data: "not base64!" },
          { kind: "IR", data: encodeImage({ bytes: jpeg }) },
        ],
      ),
    );
    expect(read.images.map(({ kind, problem }) => [kind, problem])).toEqual([
      ["White", "IMAGE_INVALID"],
      ["IR", undefined],
    ]);
  });
});

describe("the chip's files", () => {
  test("are found under the names that services give them", () => {
    const fields = named({
      "EF.SOD": "77 03\n020101",
      "ef.com": "6000",
      DG1: "6100",
      "EF.DG2": "7500",
      RFID_DG14: "6e00",
      DG03: "6300",
      "DG1 (text)": "zz",
    });
    expect(Object.keys(chipFiles(fields)!).sort()).toEqual([
      "COM",
      "DG1",
      "DG14",
      "DG2",
      "DG3",
      "SOD",
    ]);
    expect(chipFiles(fields)!.SOD).toEqual(Uint8Array.from([0x77, 3, 2, 1, 1]));
    expect(chipFiles([])).toBeUndefined();
  });

  test("one bad file refuses them all", () => {
    const read = readRecord(recordOf(named({ "EF.SOD": "7", DG1: "6100" })));
    expect(read.chip).toEqual({ problem: "HEX_INVALID" });
  });

  test("prove a document by the verifier of emrtd-core", () => {
    const { files } = personalise("bac-rsa", { crypto: portableCrypto });
    const fields = named(
      Object.fromEntries(
        Object.entries(files).map(([name, bytes]) => [
          name === "SOD" || name === "COM" ? `EF.${name}` : name,
          Buffer.from(bytes!).toString("hex").toUpperCase(),
        ]),
      ),
    );
    const { chip } = readRecord(recordOf(fields));
    if (!chip || !("files" in chip)) throw new Error("expected files");
    const trust = createTrustStore(
      simulatorAnchors(portableCrypto).map((bytes) => ({
        type: "certificate",
        bytes,
        origin: "test",
      })),
      { crypto: portableCrypto },
    );
    const judge = (of: typeof chip.files) =>
      verifyDocument(of, trust, { at: new Date("2026-06-01"), crypto: portableCrypto }).verdict;
    expect(judge(chip.files)).toBe("authentic");
    const altered = chip.files.DG1!.slice();
    altered[10]! ^= 1;
    expect(judge({ ...chip.files, DG1: altered })).toBe("not-authentic");
  });
});
