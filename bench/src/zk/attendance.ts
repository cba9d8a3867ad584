import { AttendanceUpload, type PushRequest } from "@org/zk-push-codec";
import type { Contest } from "../harness.js";

/** A third of the time: three times as fast. */
const AT_MOST = 1 / 3;

/** Lines as terminals send them: seven columns, or eleven with mask, temperature and record number. */
const bodyOf = (columns: "plain" | "extended", lines: number): Uint8Array => {
  const start = Date.UTC(2023, 10, 14, 7, 58);
  const text = Array.from({ length: lines }, (_, i) => {
    const time = new Date(start + i * 7_000).toISOString().slice(0, 19).replace("T", " ");
    const tail = columns === "plain" ? "" : `\t255\t0\t0\t${40_000 + i}`;
    return `${1_000 + (i % 3_000)}\t${time}\t${i % 2}\t${[1, 4, 15][i % 3]}\t0\t0\t0${tail}\n`;
  });
  return new TextEncoder().encode(text.join(""));
};

const decoder = new TextDecoder();

/** What everybody writes first: cut at line feeds and tabs, and make an object of the columns. */
const splitting = (body: Uint8Array) => {
  const records = [];
  for (const line of decoder.decode(body).split("\n")) {
    if (line === "") continue;
    const columns = line.split("\t");
    records.push({
      pin: columns[0],
      time: columns[1],
      status: Number(columns[2]),
      verify: Number(columns[3]),
      workCode: columns[4],
      rest: columns.slice(5),
    });
  }
  return records;
};

/** One body of an attendance upload, bytes to records; the codec also looks at every time and code. */
export const attendanceDecoding = (columns: "plain" | "extended", lines: number) => (): Contest => {
  const body = bodyOf(columns, lines);
  const request: PushRequest = {
    method: "POST",
    path: "/iclock/cdata",
    query: "SN=0316144680030&table=ATTLOG&Stamp=9999",
    headers: [],
    body,
  };
  const counted = (records: readonly unknown[]): void => {
    if (records.length !== lines) throw new Error(`expected ${lines} records`);
  };
  return {
    title: `attendance upload, ${lines} ${columns} lines`,
    baseline: "split at line feeds and tabs",
    contestants: {
      "split at line feeds and tabs": () => counted(splitting(body)),
      AttendanceUpload: () => counted(AttendanceUpload.decode(request).records),
    },
    // With a few lines the request line costs as much as the body.
    budgets: lines < 100 ? [] : [{ contestant: "AttendanceUpload", atMost: AT_MOST }],
  };
};
