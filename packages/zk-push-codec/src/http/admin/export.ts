import { iso } from "../../server/attendance-document.js";
import type { AttendanceFilter, ServerStore } from "../../server-store.js";
import { SAFE_HEADERS } from "./answers.js";
import { csvLine } from "./csv.js";

const ROWS = 1_000;
const COLUMNS = [
  "id",
  "sn",
  "pin",
  "idNumber",
  "kind",
  "time",
  "timeZone",
  "utc",
  "receivedAt",
  "status",
  "verify",
  "workCode",
  "sequence",
] as const;

/** Attendance as a table for spreadsheets, read from the store as fast as the reader takes it. */
export const csvAnswer = (store: ServerStore, filter: AttendanceFilter): Response => {
  const utf8 = new TextEncoder();
  let cursor: string | null = null;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(utf8.encode(csvLine(COLUMNS))),
    async pull(controller) {
      const page = { limit: ROWS, ...(cursor === null ? {} : { cursor }) };
      const { items, next } = await store.attendance(filter, page);
      const lines = items.map((row) => {
        const times = { utc: iso(row.utc), receivedAt: iso(row.receivedAt) };
        const shown = { ...row, ...times };
        return csvLine(COLUMNS.map((name) => shown[name]));
      });
      if (lines.length > 0) controller.enqueue(utf8.encode(lines.join("")));
      cursor = next;
      if (next === null) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      ...SAFE_HEADERS,
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="attendance.csv"',
    },
  });
};
