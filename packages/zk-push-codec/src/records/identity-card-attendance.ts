import type { Wire } from "../bytes.js";
import type { Context } from "../context.js";
import { ZkPushError } from "../errors.js";
import { lineCodec, type ValueOf } from "../keyed-message.js";
import { AttendanceRecord } from "./attendance.js";
import type { IdentityCardDetails } from "./attendance-details.js";

/**
 * One line of an ATTLOG body from a terminal that reads identity cards.
 *
 * Attendance PUSH 3.7, 11.7. Type 0 is a punch. Type 1 compares a person with a card: status and
 * verify then have codes of their own, `VERIFICATION_STATUS` and `VERIFICATION_MODES`.
 *
 *     Pin HT Time HT Status HT Verify HT Workcode HT Reserved1 HT Reserved2 HT IDNum HT Type
 */
export const IdentityCardAttendanceRecord = /* @__PURE__ */ lineCodec<
  AttendanceRecord & { readonly details: IdentityCardDetails }
>(
  "ATTLOG of identity cards",
  {
    section: "11.7",
    since: "2.4.0",
    schema: [
      "Pin",
      "Time",
      "Status",
      "Verify",
      "Workcode",
      "Reserved1",
      "Reserved2",
      "IDNum",
      "Type",
    ],
  },
  {
    encode: (record, context): Wire => AttendanceRecord.encodeLine(record, context),
    decode(line: Wire, context: Context) {
      const record = AttendanceRecord.decodeLine(line, context);
      if (!isIdentityCardRecord(record)) {
        throw new ZkPushError(
          "RECORD_MALFORMED",
          "expected an id number and a type in columns 8 and 9 of an ATTLOG record",
        );
      }
      return record;
    },
  },
);
export type IdentityCardAttendanceRecord = ValueOf<typeof IdentityCardAttendanceRecord>;

/** Whether a record is of an identity card. */
export const isIdentityCardRecord = (
  record: AttendanceRecord,
): record is AttendanceRecord & { readonly details: IdentityCardDetails } =>
  record.details.kind === "identityCard";

/** Whether a record says that somebody came or went, and not only that a card was compared. */
export const isPunch = (record: AttendanceRecord): boolean =>
  record.details.kind !== "identityCard" || record.details.type === 0;
