import fc from "fast-check";
import { encodeBase64 } from "./base64.js";
import { bytesOf, type Wire } from "./bytes.js";
import type { CommandLine } from "./command-line.js";
import { COMMANDS, type Command, type CommandName } from "./commands/any.js";
import type { Field, Fields } from "./fields.js";
import type { PushRequest } from "./http.js";
import { NAMED_RECORDS, type NamedRecord, type RecordName } from "./records/any.js";
import type { AttendanceRecord } from "./records/attendance.js";
import type { AttendanceDetails } from "./records/attendance-details.js";
import type { OperationRecord } from "./records/operation.js";
import { deviceTimeOf } from "./time.js";

/** Test data for every message, derived from the fields that the codecs themselves use. */

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: min, maxLength: max });

/** Text of any script without what ends a field. */
export const anyText = (): fc.Arbitrary<string> =>
  fc
    .string({ unit: "binary", maxLength: 24 })
    .map((text) => text.replace(/[\0\t\r\n]/g, "").replace(/\p{Surrogate}/gu, ""));

/** Number of a person. */
export const anyPin = (): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(..."0123456789ABCXYZabcxyz"),
    minLength: 1,
    maxLength: 24,
  });

/** Time by the clock of a terminal, 2000 to 2099. */
export const anyDeviceTime = (): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 })
    .map((seconds) => deviceTimeOf(seconds * 1000));

/** Base64 of some bytes. */
export const anyBase64 = (): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength: 60 }).map(encodeBase64);

const count = (): fc.Arbitrary<number> => fc.integer({ min: 0, max: 999_999 });

const KINDS: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  text: anyText,
  localText: anyText,
  shortMessage: anyText,
  pin: anyPin,
  integer: () => fc.integer({ min: -999_999, max: 999_999 }),
  base64: anyBase64,
  deviceTime: anyDeviceTime,
  card: () => digits(1, 20),
  timeOfDay: () =>
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => part.toString().padStart(2, "0")).join("")),
  userTimePeriods: () => {
    const number = fc.integer({ min: 0, max: 50 });
    return fc.record({ personal: fc.boolean(), periods: fc.tuple(number, number, number) });
  },
  multiBio: () =>
    fc.array(fc.constantFrom("0", "1", "10", "13.0", "3000"), { minLength: 10, maxLength: 11 }),
};

const anyField = (field: Field): fc.Arbitrary<unknown> => {
  const make = KINDS[field.kind.name];
  if (make === undefined) throw new Error(`expected test data for the kind ${field.kind.name}`);
  return make();
};

/** Values of a field list: required ones always, optional ones sometimes. */
export const anyValues = (fields: Fields): fc.Arbitrary<Record<string, unknown>> => {
  const entries = Object.entries(fields);
  return fc.record(Object.fromEntries(entries.map(([name, field]) => [name, anyField(field)])), {
    requiredKeys: entries.filter(([, field]) => field.required).map(([name]) => name),
    noNullPrototype: true,
  });
};

const anyDetails = (): fc.Arbitrary<AttendanceDetails> => {
  const reserved = fc.tuple(digits(1, 2), digits(1, 2));
  const temperature = fc.constantFrom("0", "36.5", "255");
  return fc.oneof(
    fc.record({
      kind: fc.constant("plain" as const),
      reserved: fc.array(digits(1, 2), { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant("identityCard" as const),
      reserved,
      idNumber: digits(17, 17).chain((id) => fc.constantFrom("0", "5", "X").map((x) => id + x)),
      type: fc.constantFrom(0, 1),
    }),
    fc.record({
      kind: fc.constant("extended" as const),
      reserved,
      maskFlag: fc.constantFrom("0", "1", "255"),
      temperature,
      convertedTemperature: fc.constantFrom("0", "97.7"),
      sequence: fc.integer({ min: 1, max: 999_999_999 }),
    }),
    fc.record(
      {
        kind: fc.constant("extended" as const),
        reserved,
        maskFlag: fc.constant("255"),
        sequence: fc.integer({ min: 1, max: 999_999_999 }),
      },
      { requiredKeys: ["kind", "reserved", "maskFlag"] },
    ),
  );
};

/** A punch, or a verification. */
export const anyAttendanceRecord = (): fc.Arbitrary<AttendanceRecord> =>
  fc.record({
    pin: anyPin(),
    time: anyDeviceTime(),
    status: fc.constantFrom(0, 1, 5, 255, undefined),
    verify: fc.constantFrom(0, 1, 4, 15, 25, 200, 1234),
    workCode: fc.oneof(fc.constant("0"), digits(0, 8)),
    details: anyDetails(),
  });

const anyOperation = (): fc.Arbitrary<OperationRecord> =>
  fc.record({
    record: fc.constant("OPLOG" as const),
    operation: fc.integer({ min: 0, max: 126 }),
    operator: anyPin(),
    time: anyDeviceTime(),
    operands: fc.array(fc.oneof(digits(1, 6), anyText()), { minLength: 1, maxLength: 4 }),
  });

/** A record with this first word. */
export const anyRecordNamed = (name: RecordName): fc.Arbitrary<NamedRecord> => {
  if (name === "OPLOG") return anyOperation();
  return anyValues(NAMED_RECORDS[name].fields).map(
    (values) => ({ record: name, ...values }) as unknown as NamedRecord,
  );
};

/** Any record that names itself. */
export const anyNamedRecord = (): fc.Arbitrary<NamedRecord> =>
  fc.oneof(...(Object.keys(NAMED_RECORDS) as RecordName[]).map(anyRecordNamed));

const safeName = (): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(..."abcXYZ019_./-"), minLength: 1, maxLength: 30 });

const OTHER_COMMANDS: Readonly<Partial<Record<CommandName, () => fc.Arbitrary<object>>>> = {
  "SET OPTION": () =>
    fc.record({ key: fc.constantFrom("Volume", "~X", "IsSupportABC"), value: anyText() }),
  GetFile: () => fc.record({ argument: safeName() }),
  SHELL: () => fc.record({ argument: safeName() }),
  PutFile: () =>
    fc.oneof(
      fc.record({ url: safeName() }),
      fc.record({ url: safeName(), filePath: safeName() }),
      fc.record({
        url: safeName(),
        filePath: safeName(),
        action: fc.constant("SyncData"),
        tableName: fc.constantFrom("USERINFO", "FINGERTMP", "FACE"),
        recordCount: count(),
      }),
    ),
  UPGRADE: () =>
    fc.record(
      {
        checksum: fc.constant("a5bf4dcd6020f408589224274aab132d"),
        url: safeName(),
        size: count(),
        type: fc.constant(1),
      },
      { requiredKeys: ["checksum", "url", "size"], noNullPrototype: true },
    ),
};

/** A command with these words. */
export const anyCommandNamed = (name: CommandName): fc.Arbitrary<Command> => {
  const codec: object = COMMANDS[name];
  const values =
    OTHER_COMMANDS[name]?.() ?? anyValues("fields" in codec ? (codec.fields as Fields) : {});
  return values.map((value) => ({ command: name, ...value }) as unknown as Command);
};

/** Any command of the document. */
export const anyCommand = (): fc.Arbitrary<Command> =>
  fc.oneof(...(Object.keys(COMMANDS) as CommandName[]).map(anyCommandNamed));

/** A command with an id. */
export const anyCommandLine = (): fc.Arbitrary<CommandLine> =>
  fc.record({
    id: fc.string({ unit: fc.constantFrom(..."0189AZaz"), minLength: 1, maxLength: 16 }),
    command: anyCommand(),
  });

/**
 * A line that starts with some words and goes on as terminals were seen to write: other letter
 * case, unknown keys, second equals signs, pieces without any, bytes of no character set.
 */
export const wireLine = (words: string, keys: readonly string[]): fc.Arbitrary<Wire> => {
  const key = fc.oneof(
    ...keys.map((name) => fc.constantFrom(name, name.toLowerCase(), name.toUpperCase())),
    fc.constantFrom("Extra", " Odd ", "Enable"),
  );
  const value = fc.oneof(
    digits(0, 6),
    anyBase64(),
    anyPin(),
    fc.constantFrom("=1", " 7 ", "-1", "007", "[15CD5B07]", "QUJD RA", "2015-07-29 11:11:11"),
    fc
      .uint8Array({ maxLength: 8 })
      .map((bytes) => String.fromCharCode(...bytes).replace(/[\0\t\r\n]/g, "")),
  );
  const piece = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(key, value).map(([name, text]) => `${name}=${text}`) },
    { weight: 1, arbitrary: fc.constantFrom("", "bare", " ") },
  );
  return fc
    .tuple(
      fc.constantFrom(`${words} `, `${words.toLowerCase()} `, `${words}  `),
      fc.array(piece, { maxLength: 8 }),
      fc.constantFrom("", "", "\r"),
    )
    .map(([head, pieces, end]) => head + pieces.join("\t") + end);
};

/** An ATTLOG line of any shape, good or bad. */
export const attendanceWireLine = (): fc.Arbitrary<Wire> =>
  fc
    .tuple(
      anyPin(),
      fc.oneof(anyDeviceTime(), fc.constantFrom("1970-01-01 00:00:05", "1971--10--29 -23:-27:-54")),
      fc.array(
        fc.oneof(
          digits(0, 4),
          fc.constantFrom("0", "1", "255", "36.5", "00", "210218199011304365", "+28800", "eyJ9"),
          fc.constant("\xe4\xbd\xa0"),
        ),
        { maxLength: 11 },
      ),
      fc.constantFrom("", "", "\r"),
    )
    .map(([pin, time, columns, end]) => [pin, time, ...columns].join("\t") + end);

/** A request of any path, query and body. */
export const anyPushRequest = (): fc.Arbitrary<PushRequest> => {
  const word = fc.constantFrom(
    ..."cdata fdata getrequest devicecmd exchange ping file test querydata registry CDATA.aspx".split(
      " ",
    ),
  );
  const pair = fc.constantFrom(
    ..."SN=1234567 SN= options=all table=ATTLOG table=OPERLOG table=ATTPHOTO table=options table=IDCARD table=BIODATA table=ERRORLOG table=RemoteAtt table=USERINFO Stamp=9999 Stamp=x PIN=7 INFO=a,b,c type=publickey type=factors type=PostVerifyData ContentType=tgz AuthType=FP url=http://x/y %zz= =".split(
      " ",
    ),
  );
  return fc.record({
    method: fc.constantFrom("GET", "POST", "Get", "put"),
    path: word.map((name) => `/iclock/${name}`),
    query: fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join("&")),
    headers: fc.constant([]),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      anyNamedRecord().map((record) => bytesOf(`${record.record} PIN=1\tTMP=QUJD\n`)),
      attendanceWireLine().map((line) => bytesOf(`${line}\n`)),
    ),
  });
};
