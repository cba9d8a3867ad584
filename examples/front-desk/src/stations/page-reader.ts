import { parseMrz } from "@org/emrtd-core";
import {
  type DocumentField,
  FIELD_ALIASES,
  openReader,
  type ReaderDocument,
  type ReaderStatus,
} from "@org/sinosecu-ws-client";
import { systemClock } from "@org/sinosecu-ws-client/web";
import { openWebSocket } from "@org/transports/node/websocket";
import type { Fields, Outcome, Picture, PrintedPage } from "../story/index.js";
import { failed } from "./station.js";

export interface PageReaderOptions {
  /** Where the reader's service listens. */
  readonly url: string;
  /** Silence after which a document counts as read; default 1,500 ms. */
  readonly settleMs?: number;
  /** How long the service may be away before that is said; default 4,000 ms. */
  readonly patienceMs?: number;
}

/** The passport reader, held by one connection for as long as the desk is open. */
export interface PageReader {
  /** Waits for the next document that is laid down. */
  read(signal: AbortSignal): Promise<Outcome>;
  close(): Promise<void>;
}

export const openPageReader = ({
  url,
  settleMs,
  patienceMs = 4_000,
}: PageReaderOptions): PageReader => {
  const reader = openReader({
    clock: systemClock,
    ...(settleMs === undefined ? {} : { settleMs }),
    open: (signal) => openWebSocket(url, { signal: signal as globalThis.AbortSignal }),
    settings: {
      VIZ: true,
      RFID: false,
      IfDetectUVDull: true,
      IfCheckSourceType: true,
      DocInfoAllInOne: true,
    },
  });

  const read = (signal: AbortSignal): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const stops: (() => void)[] = [];
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        for (const stop of stops) stop();
      };
      const settle = (outcome: Outcome) => {
        end();
        resolve(outcome);
      };
      const abort = () => {
        end();
        reject(signal.reason);
      };
      const watch = ({ connection, device }: ReaderStatus) => {
        if (connection === "open") {
          clearTimeout(timer);
          timer = undefined;
          if (device === "absent") settle(failed("document", "READER_UNPLUGGED"));
        } else timer ??= setTimeout(() => settle(failed("document", "READER_AWAY")), patienceMs);
      };
      stops.push(reader.on("status", watch));
      stops.push(reader.on("document", (document) => settle(outcomeOf(document))));
      signal.addEventListener("abort", abort, { once: true });
      if (signal.aborted) abort();
      else watch(reader.status);
    });

  return { read, close: () => reader.close() };
};

/** Without a parser of its own the reader gives what is printed, and the zone is ours to read. */
const outcomeOf = (document: ReaderDocument): Outcome => {
  if (document.failure !== undefined) return failed("document", "PAGE_UNREADABLE");
  const { zone, problems } = zoneOf(document.mrz?.lines);
  const portrait = portraitOf(document);
  const page: PrintedPage = {
    zone,
    printed: printedOf(document),
    ...(portrait === undefined ? {} : { portrait }),
    opticalFindings: findingsOf(document),
  };
  return problems.length > 0
    ? failed("document", "MRZ_UNREADABLE", problems, { page })
    : { step: "document", page };
};

/** A zone whose check digits are wrong was misread: nothing of it opens a chip. */
const zoneOf = (
  lines: readonly string[] | undefined,
): { readonly zone: Fields; readonly problems: readonly string[] } => {
  if (lines === undefined) return { zone: {}, problems: ["NO_ZONE"] };
  try {
    const mrz = parseMrz(lines.join("\n"));
    const wrong = mrz.checkDigits.filter(({ correct }) => !correct).map(({ of }) => of);
    const { documentNumber, surname, givenNames, nationality, issuer, sex } = mrz;
    const { dateOfBirth, dateOfExpiry } = mrz;
    const names = { documentNumber, surname, givenNames, nationality, issuer };
    return wrong.length > 0
      ? { zone: {}, problems: wrong.map((field) => `CHECK_DIGIT ${field}`) }
      : { zone: { ...names, sex, dateOfBirth, dateOfExpiry }, problems: [] };
  } catch {
    return { zone: {}, problems: ["NO_ZONE"] };
  }
};

const PRINTED: readonly (DocumentField & keyof Fields)[] = [
  "documentNumber",
  "surname",
  "givenNames",
  "nationality",
  "issuer",
  "sex",
  "dateOfBirth",
  "dateOfExpiry",
];

/** What stands above the zone: a field that the reader itself took from the zone is not printed there. */
const printedOf = ({ document, fields }: ReaderDocument): Fields => {
  // Readers have the number twice, and the one of the zone comes first.
  const number = fields.find(({ name }) => PRINTED_NUMBER.has(name.toLowerCase()))?.content.trim();
  const read = Object.fromEntries(
    PRINTED.flatMap((field) => {
      const found = document[field];
      return found === undefined || found.source === "mrz" ? [] : [[field, found.value]];
    }),
  );
  return { ...read, ...(number ? { documentNumber: number } : {}) };
};

const PRINTED_NUMBER: ReadonlySet<string> = new Set(
  FIELD_ALIASES.documentNumber.filter((name) => !name.includes("mrz")),
);

const portraitOf = ({ images }: ReaderDocument): Picture | undefined => {
  const head =
    images.find(({ kind }) => kind === "OcrHead") ?? images.find(({ kind }) => kind === "White");
  if (head === undefined || head.problem !== undefined || head.bytes === undefined)
    return undefined;
  if (head.format !== "jpeg" && head.format !== "png") return undefined;
  return { mediaType: `image/${head.format}`, bytes: head.bytes };
};

const findingsOf = ({ checks }: ReaderDocument): readonly string[] =>
  Object.entries(checks).flatMap(([name, check]) =>
    check !== undefined && check.status !== "passed" ? [name] : [],
  );
