import type { Wire } from "../bytes.js";
import { decodeText, encodeText } from "../charset.js";
import type { Context } from "../context.js";
import { ZkPushError } from "../errors.js";
import { headOf, lineCodec } from "../keyed-message.js";
import { invalid } from "../kind.js";
import { checkField } from "../safe.js";
import { OPERANDS, type OperandMeaning } from "../tables/operands.js";
import { isDeviceTime } from "../time.js";

/** Something that was done at the terminal. */
export interface OperationRecord {
  readonly record: "OPLOG";
  /** See `OPERATIONS`. */
  readonly operation: number;
  /** PIN of who did it, 0 for nobody. */
  readonly operator: string;
  /** `YYYY-MM-DD hh:mm:ss` by the terminal's clock. */
  readonly time: string;
  /** Three values and a reserved one as a rule; numbers or texts. See `operandsOf`. */
  readonly operands: readonly string[];
  /** The line, where writing its values afresh gives another one. */
  readonly form?: { readonly line: Wire };
}

/**
 * OPLOG, one operation, in an OPERLOG body.
 *
 * Attendance PUSH 3.7, 11.4; operations in appendix 3, operands in appendix 4.
 *
 *     OPLOG SP OpType HT OpWho HT OpTime HT Value1 HT Value2 HT Value3 HT Reserved
 */
export const OperationRecord = /* @__PURE__ */ lineCodec<OperationRecord>(
  "OPLOG",
  {
    section: "11.4",
    schema: ["OpType", "OpWho", "OpTime", "Value1", "Value2", "Value3", "Reserved"],
  },
  { encode, decode },
);

/** The operands that appendix 4 gives a meaning. */
export const operandsOf = (
  record: OperationRecord,
): Readonly<Partial<Record<OperandMeaning, string>>> => {
  const values: Partial<Record<OperandMeaning, string>> = {};
  OPERANDS.get(record.operation)?.forEach((meaning, position) => {
    const value = record.operands[position];
    if (value !== undefined) values[meaning] = value;
  });
  return values;
};

function encode(record: OperationRecord): Wire {
  const { form, operation } = record;
  if (form !== undefined && same(read(form.line), record)) return form.line;
  if (!Number.isSafeInteger(operation) || operation < 0) {
    throw invalid("OPLOG.OpType", "an integer from 0");
  }
  const columns = [record.operator, record.time, ...record.operands];
  const written = columns.map((column) => encodeText(checkField(column, "OPLOG"), "utf-8"));
  return [`OPLOG ${operation}`, ...written].join("\t");
}

function decode(line: Wire, context: Context): OperationRecord {
  const record = read(line, context);
  return encode(record) === line ? record : { ...record, form: { line } };
}

const read = (line: Wire, context?: Context): OperationRecord => {
  const head = headOf(line, "OPLOG");
  const columns = line
    .slice(head?.length ?? 0)
    .replace(/\r$/, "")
    .split("\t");
  const [type = "", operator, time, ...operands] = columns;
  if (
    head === undefined ||
    /[\0\n]|\r(?!$)/.test(line) ||
    !/^\d{1,9}$/.test(type) ||
    operator === undefined ||
    time === undefined
  ) {
    throw new ZkPushError(
      "RECORD_MALFORMED",
      "expected an operation, an operator and a time in an OPLOG record",
    );
  }
  if (!isDeviceTime(time)) context?.report({ code: "TIME_INVALID", field: "OpTime" });
  return {
    record: "OPLOG",
    operation: Number(type),
    operator: decodeText(operator, "utf-8").text,
    time: decodeText(time, "utf-8").text,
    operands: operands.map((operand) => decodeText(operand, "utf-8").text),
  };
};

const same = (a: OperationRecord, b: OperationRecord): boolean =>
  a.operation === b.operation &&
  a.operator === b.operator &&
  a.time === b.time &&
  a.operands.length === b.operands.length &&
  a.operands.every((operand, position) => operand === b.operands[position]);
