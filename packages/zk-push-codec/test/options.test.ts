import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wireOf } from "../src/bytes.js";
import {
  attendanceCapacity,
  chooseIssue,
  compareVersions,
  decodeBase64,
  decodeDateTimeOption,
  deliveryOf,
  encodeBase64,
  encodeDateTimeOption,
  encodeTimeZone,
  FaceRecord,
  formatPhotoName,
  INTERACTIONS,
  InitializationReply,
  issuedFaceTemplate,
  mayEncrypt,
  meaningOfReturn,
  negotiateTypes,
  negotiateVersion,
  PushOptionsRequest,
  parsePhotoName,
  supports,
  transFlagOf,
  transmits,
  UpdateFace,
  uploadedFaceTemplate,
  ZkPushError,
} from "../src/index.js";

const zoneOnTheWire = (timeZone: number): string =>
  /TimeZone=(.*)\n/.exec(wireOf(InitializationReply.encode({ sn: "1234567", timeZone })))![1]!;

const zoneRead = (value: string): number | undefined =>
  InitializationReply.decode(
    new TextEncoder().encode(`GET OPTION FROM: 1234567\nTimeZone=${value}\n`),
  ).timeZone;

describe("TimeZone", () => {
  test.each([
    [0, "0"],
    [60, "1"],
    [480, "8"],
    [-300, "-5"],
    [660, "11"],
    [720, "720"],
    [780, "780"],
    [840, "840"],
    [-720, "-720"],
    [330, "330"],
    [345, "345"],
    [-210, "-210"],
    [570, "570"],
  ])("%i minutes are written %s and read back", (minutes, wire) => {
    expect(zoneOnTheWire(minutes)).toBe(wire);
    expect(zoneRead(wire)).toBe(minutes);
  });

  test.each([30, -30, 15, 61.5, 901, Number.NaN])("%f minutes are refused", (minutes) => {
    expect(() => encodeTimeZone(minutes)).toThrow(ZkPushError);
  });

  test("is read as terminals read it: hours below 25, digits before anything else", () => {
    expect(["12", "-12", "24", "5.5", "60"].map(zoneRead)).toEqual([720, -720, 1440, 300, 60]);
    expect(zoneRead("Asia/Kolkata")).toBeUndefined();
  });
});

test("DateTime counts months of 31 days", () => {
  expect(encodeDateTimeOption(Date.UTC(2000, 0, 1))).toBe(0);
  expect(encodeDateTimeOption(Date.UTC(2015, 6, 3, 6, 53, 1))).toBe(
    (15 * 12 * 31 + 6 * 31 + 2) * 86_400 + 6 * 3_600 + 53 * 60 + 1,
  );
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: 4e9 }), (seconds) => {
      expect(decodeDateTimeOption(encodeDateTimeOption(seconds * 1000))).toBe(seconds * 1000);
    }),
  );
});

describe("versions", () => {
  test("are ordered by their numbers", () => {
    expect(compareVersions("2.2.14", "2.3.0")).toBeLessThan(0);
    expect(compareVersions("2.4.1", "2.4.1-20200320")).toBe(0);
    expect(compareVersions("3.1", "2.4.1")).toBeGreaterThan(0);
  });

  test("the lower one is spoken, and 2.2.14 by who announces none", () => {
    expect(negotiateVersion("2.4.1", "2.3.0")).toBe("2.3.0");
    expect(negotiateVersion(undefined, "2.4.1")).toBe("2.2.14");
    expect(negotiateVersion("2.4.1", undefined)).toBe("2.2.14");
    expect(negotiateVersion("", "x")).toBe("2.2.14");
  });

  test("gate what is newer", () => {
    const newer = (version: string) =>
      INTERACTIONS.filter((entry) => !supports(version, entry)).map(({ name }) => name);
    expect(newer("2.4.1")).toEqual([]);
    expect(newer("2.4.0")).toEqual(["ERRORLOG", "ERRORLOG"]);
    expect(newer("2.3.0")).toContain("ATTLOG of identity cards");
    expect(newer("2.3.0")).not.toContain("IDCARD");
    expect(newer("2.2.14")).toContain("DATA UPDATE IDCARD");
    expect([mayEncrypt("2.3.0"), mayEncrypt("2.4.0")]).toEqual([false, true]);
  });
});

describe("hybrid identification", () => {
  const list = (text: string) => text.split(":");

  test("the document's example: face is left, fingerprint is not", () => {
    expect(negotiateTypes(list("0:1:0:0:0:0:0:0:0:1"), list("0:0:0:0:0:0:0:0:0:1"))).toEqual([9]);
    expect(negotiateTypes(undefined, list("0:1"))).toEqual([]);
  });

  test("a template of the terminal's version goes before a photo", () => {
    const terminal = {
      dataSupport: list("0:1:0:0:0:0:0:0:0:1"),
      photoSupport: list("0:0:0:0:0:0:0:0:0:1"),
      version: list("0:10:0:0:0:0:0:0:0:40.1"),
    };
    expect(chooseIssue(9, terminal, "40.1", true)).toBe("template");
    expect(chooseIssue(9, terminal, "35.4", true)).toBe("photo");
    expect(chooseIssue(1, terminal, "10.0", true)).toBe("template");
    expect(chooseIssue(1, terminal, undefined, true)).toBe("nothing");
    expect(chooseIssue(8, terminal, "1.0", false)).toBe("nothing");
  });
});

describe("TransFlag", () => {
  test("both formats say what is uploaded", () => {
    const names = transFlagOf("AttLog", "BioPhoto");
    expect([transmits(names, "AttLog"), transmits(names, "OpLog")]).toEqual([true, false]);
    const digits = { format: "digits", digits: "100000000001" } as const;
    expect([transmits(digits, "AttLog"), transmits(digits, "OpLog")]).toEqual([true, false]);
    expect(transmits(digits, "BioPhoto")).toBe(true);
  });

  test("zeros alone mean photos alone", () => {
    const zeros = { format: "digits", digits: "0000000000" } as const;
    expect([transmits(zeros, "AttPhoto"), transmits(zeros, "AttLog")]).toEqual([true, false]);
  });
});

test("options are cut where a key follows the comma, and nowhere else", () => {
  const message = PushOptionsRequest.decode({
    method: "POST",
    path: "/iclock/cdata",
    query: "SN=1234567&table=options",
    headers: [],
    body: new TextEncoder().encode(
      "~OEMVendor=ZKTECO CO., LTD.,~DeviceName= X 938 ,MAC=,~MaxAttLogCount=10",
    ),
  });
  expect(message.options).toEqual({
    vendor: "ZKTECO CO., LTD.",
    deviceName: " X 938 ",
    mac: "",
    maxAttendance: 10,
    form: expect.anything(),
  });
  expect(attendanceCapacity(message.options)).toBe(100_000);
});

test("a face goes from one terminal to another without its 16 random bytes", () => {
  const template = Uint8Array.from({ length: 40 }, (_, i) => i);
  const random = (length: number) => new Uint8Array(length).fill(0xa5);
  const uploaded = uploadedFaceTemplate(encodeBase64(template), random);
  const record = FaceRecord.decode(
    new TextEncoder().encode(
      `FACE PIN=7\tFID=0\tSIZE=${uploaded.size}\tVALID=1\tTMP=${uploaded.data}`,
    ),
  );
  expect(decodeBase64(record.template!)).toEqual(Uint8Array.from([...random(16), ...template]));
  const { size, data } = issuedFaceTemplate(record.template!);
  const command = UpdateFace.decode(
    UpdateFace.encode({
      command: "DATA UPDATE FACE",
      pin: record.pin,
      index: 0,
      valid: 1,
      size,
      template: data,
    }),
  );
  expect(decodeBase64(command.template!)).toEqual(template);
  expect(command.size).toBe(command.template!.length);
  expect(() => issuedFaceTemplate(encodeBase64(random(16)))).toThrow(ZkPushError);
});

describe("Return means", () => {
  const meaning = (command: string, returnCode: number) =>
    meaningOfReturn({ reply: "return", id: "1", command, returnCode });

  test.each([
    ["DATA", 0, "done"],
    ["DATA", -1, "failed"],
    ["DATA", -9_999, "failed"],
    ["DATA", 5, "failed"],
    ["GetFile", 120, "done"],
    ["GetFile", -3, "failed"],
    ["PutFile", 120, "done"],
    ["Shell", 0, "done"],
    ["SHELL", 127, "failed"],
    ["ENROLL_FP", 2, "failed"],
    ["ENROLL_BIO", 6, "failed"],
    ["ENROLL_MF", 0, "done"],
    ["CLEAR_LOG", 0, "done"],
  ])("%s %i: %s", (command, code, outcome) => {
    expect(meaning(command, code).outcome).toBe(outcome);
  });

  test("a size, a count, a status", () => {
    expect(meaning("GetFile", 120)).toMatchObject({ size: 120 });
    expect(meaning("Shell", 127)).toMatchObject({ status: 127 });
    const sync = { reply: "PutFile", id: "1", command: "PutFile", returnCode: 7 } as const;
    expect(meaningOfReturn(sync, true)).toMatchObject({ count: 7 });
    expect(meaningOfReturn(sync)).toMatchObject({ size: 7 });
    expect(meaning("ENROLL_MF", 5).meaning).toBe("nobody came in time");
  });
});

test("a door opens once, and what is dangerous says so", () => {
  expect(deliveryOf({ command: "AC_UNLOCK" })).toEqual({
    guarantee: "atMostOnce",
    dangerous: false,
    endsBatch: false,
  });
  expect(deliveryOf({ command: "CHECK" })).toEqual({
    guarantee: "atLeastOnce",
    dangerous: false,
    endsBatch: true,
  });
  expect(deliveryOf({ command: "SHELL", argument: "ls" })).toMatchObject({ dangerous: true });
  expect(deliveryOf({ command: "unknown", wire: "X" })).toEqual({
    guarantee: "atMostOnce",
    dangerous: true,
    endsBatch: true,
  });
});

test("photo names say when, who and why", () => {
  for (const name of [
    "20150731103012-123.jpg",
    "20160615093758-0-1457-210218199011304365.jpg",
    "20160615093758.jpg",
  ]) {
    expect(formatPhotoName(parsePhotoName(name)!)).toBe(name);
  }
  expect(parsePhotoName("../../etc/passwd")).toBeUndefined();
});
