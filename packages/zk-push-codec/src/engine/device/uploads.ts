import type { CodecOptions } from "../../context.js";
import type { PushRequest } from "../../http.js";
import { type DeviceRequest, encodeRequest } from "../../requests/any.js";
import { type DeviceData, QUEUES, type QueueName } from "./data.js";

/** A batch on its way: what it holds, and what its acknowledgement settles. */
export interface Upload {
  readonly queue: QueueName;
  readonly count: number;
  /** It answers a QUERY: nothing of the log moves on. */
  readonly asked: boolean;
  readonly request: PushRequest;
}

/** Lines in one body, and how many of them may be faces. */
const BATCH = {
  ATTLOG: 140,
  ATTPHOTO: 1,
  OPERLOG: 100,
  BIODATA: 20,
  IDCARD: 20,
  ERRORLOG: 50,
} as const;
const FACES = 4;
const LARGEST = 64 * 1024;

export interface UploadTerms {
  readonly sn: string;
  readonly codec: CodecOptions;
  /** Old stamps and paths. */
  readonly legacy: boolean;
  readonly wanted: (queue: QueueName) => boolean;
  /** Order of the records of a batch. */
  readonly arrange: <T>(batch: readonly T[]) => readonly T[];
  /** Added to each attendance line. */
  readonly extraColumns: boolean;
}

/**
 * The next batch. Tables stand in line: one that is not acknowledged blocks those behind it, so
 * that a photo that the server refuses holds up the punches, as it does on real terminals.
 */
export const nextUpload = (data: DeviceData, terms: UploadTerms): Upload | undefined => {
  for (const queue of QUEUES) {
    const asked = askedFor(data, queue);
    if (asked.length > 0) return pack(data, queue, asked, true, terms);
    const { items, acknowledged } = data.queues[queue];
    if (acknowledged < items.length && terms.wanted(queue)) {
      return pack(data, queue, items.slice(acknowledged), false, terms);
    }
  }
  return undefined;
};

const askedFor = (data: DeviceData, queue: QueueName): readonly unknown[] =>
  queue in data.asked ? data.asked[queue as keyof DeviceData["asked"]] : [];

/** Moves on behind a batch that was acknowledged. */
export const acknowledge = (data: DeviceData, { queue, count, asked }: Upload): void => {
  if (asked) data.asked[queue as keyof DeviceData["asked"]].splice(0, count);
  else data.queues[queue].acknowledged += count;
};

const pack = (
  _data: DeviceData,
  queue: QueueName,
  waiting: readonly unknown[],
  asked: boolean,
  terms: UploadTerms,
): Upload => {
  let count = Math.min(waiting.length, BATCH[queue]);
  const faces = waiting
    .slice(0, count)
    .map((item) => (item as { record?: string }).record === "FACE");
  for (let i = 0, seen = 0; i < count; i++) {
    if (faces[i] && ++seen > FACES) count = i;
  }
  for (;;) {
    const request = encode(queue, terms.arrange(waiting.slice(0, count)), terms);
    if (request.body.length <= LARGEST || count === 1) return { queue, count, asked, request };
    count = Math.ceil(count / 2);
  }
};

const encode = (queue: QueueName, batch: readonly unknown[], terms: UploadTerms): PushRequest => {
  const stamp = queue === "ATTPHOTO" && terms.legacy ? "0" : "9999";
  const message = (
    queue === "ATTPHOTO"
      ? { request: queue, sn: terms.sn, stamp, photo: batch[0] }
      : { request: queue, sn: terms.sn, stamp, records: batch }
  ) as DeviceRequest;
  const request = encodeRequest(message, terms.codec);
  const body = queue === "ATTLOG" && terms.extraColumns ? withColumns(request.body) : request.body;
  const widened = { ...request, body, headers: withLength(request, body) };
  if (!terms.legacy) return widened;
  if (queue === "ATTPHOTO") {
    return { ...widened, path: "/iclock/fdata", query: `SN=${terms.sn}&PhotoStamp=${stamp}` };
  }
  const key = queue === "OPERLOG" ? "OpStamp" : "Stamp";
  return { ...widened, query: widened.query.replace("Stamp=", `${key}=`) };
};

const withLength = (request: PushRequest, body: Uint8Array) =>
  request.headers.map(([name, value]) =>
    name === "Content-Length"
      ? ([name, body.length.toString()] as const)
      : ([name, value] as const),
  );

const withColumns = (body: Uint8Array): Uint8Array => {
  const text = new TextDecoder().decode(body);
  return new TextEncoder().encode(text.replaceAll("\n", "\tX1\t\t7\n"));
};
