import { bytesOf } from "../../bytes.js";
import { type CodecOptions, contextOf } from "../../context.js";
import { encodeNamedRecord, type NamedRecord } from "../../records/any.js";
import type { QuarantineRow } from "../../store.js";

/**
 * Longest text by which something is found again. A database refuses a key of thousands of bytes,
 * and a record that is refused would come again for ever.
 */
const LONGEST_KEY = 200;
const LONGEST_OPERANDS = 1_000;

/** Whether texts are short enough to be keys. */
export const areKeys = (...texts: readonly (string | undefined)[]): boolean =>
  texts.every((text) => text === undefined || text.length <= LONGEST_KEY);

/** Records that a store can find again, and the others as they are written. */
export const storableRecords = (
  records: readonly NamedRecord[],
  table: string,
  options: CodecOptions,
): { readonly records: readonly NamedRecord[]; readonly quarantine: readonly QuarantineRow[] } => {
  const tooLong = records.filter((record) => !isStorable(record));
  if (tooLong.length === 0) return { records, quarantine: [] };
  return {
    records: records.filter(isStorable),
    quarantine: tooLong.map((record) => ({
      reason: "LIMIT_EXCEEDED",
      table,
      content: bytesOf(encodeNamedRecord(record, contextOf(options))),
    })),
  };
};

const isStorable = (record: NamedRecord): boolean => {
  switch (record.record) {
    case "OPLOG":
      return (
        record.operands.join("").length <= LONGEST_OPERANDS && areKeys(record.operator, record.time)
      );
    case "ERRORLOG":
      return true;
    case "IDCARD":
      return areKeys(record.idNumber);
    default:
      return areKeys(record.pin);
  }
};
