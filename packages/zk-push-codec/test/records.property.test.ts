import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyAttendanceRecord,
  anyRecordNamed,
  attendanceWireLine,
  wireLine,
} from "../src/arbitraries.js";
import { bytesOf, wireOf } from "../src/bytes.js";
import {
  AttendanceRecord,
  AttendanceUpload,
  type LineCodec,
  NAMED_RECORDS,
  type NamedRecord,
  type RecordName,
  ZkPushError,
} from "../src/index.js";

const decodedOrRefused = <T>(codec: { decode(bytes: Uint8Array): T }, bytes: Uint8Array) => {
  try {
    return codec.decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ZkPushError);
    return undefined;
  }
};

describe.each(Object.keys(NAMED_RECORDS) as RecordName[])("record %s", (name) => {
  const codec: LineCodec<NamedRecord> = NAMED_RECORDS[name];

  test("what is encoded is decoded", () => {
    fc.assert(
      fc.property(anyRecordNamed(name), (record) => {
        expect(codec.decode(codec.encode(record))).toEqual(record);
      }),
    );
  });

  test("what a terminal sent is kept to the byte", () => {
    fc.assert(
      fc.property(wireLine(name, codec.schema), (line) => {
        const bytes = bytesOf(line);
        const record = decodedOrRefused(codec, bytes);
        if (record !== undefined) expect(wireOf(codec.encode(record))).toBe(line);
      }),
    );
  });

  test("no input makes anything but a record or our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        decodedOrRefused(codec, bytes);
        decodedOrRefused(codec, bytesOf(`${name} ${wireOf(bytes)}`));
      }),
    );
  });
});

describe("ATTLOG record", () => {
  test("what is encoded is decoded", () => {
    fc.assert(
      fc.property(anyAttendanceRecord(), (record) => {
        expect(AttendanceRecord.decode(AttendanceRecord.encode(record))).toEqual(record);
      }),
    );
  });

  test("what a terminal sent is kept to the byte, odd columns and all", () => {
    fc.assert(
      fc.property(attendanceWireLine(), (line) => {
        const record = AttendanceRecord.decode(bytesOf(line));
        expect(wireOf(AttendanceRecord.encode(record))).toBe(line);
      }),
    );
  });

  test("no input makes anything but a record or our error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        decodedOrRefused(AttendanceRecord, bytes);
      }),
    );
  });

  test("a body is read as its lines are, one by one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(attendanceWireLine(), fc.constantFrom("", "x", "\t\t")), {
          maxLength: 12,
        }),
        fc.boolean(),
        (lines, terminated) => {
          const body = bytesOf(lines.join("\n") + (terminated && lines.length > 0 ? "\n" : ""));
          const request = {
            method: "POST",
            path: "/iclock/cdata",
            query: "SN=0316144680030&table=ATTLOG&Stamp=9999",
            headers: [],
            body,
          };
          const upload = AttendanceUpload.decode(request);
          const alone = lines.flatMap((line) => {
            const record = decodedOrRefused(AttendanceRecord, bytesOf(line));
            return record === undefined ? [] : [record];
          });
          expect(upload.records).toEqual(alone);
          expect(AttendanceUpload.encode(upload).body).toEqual(body);
        },
      ),
    );
  });
});
