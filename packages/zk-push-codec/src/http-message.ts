import { createByteQueue } from "./byte-queue.js";
import { bytesOf, concatBytes, type Wire, wireOf } from "./bytes.js";
import { type ChunkedBody, createChunkedBody } from "./chunked-body.js";
import { ZkPushError } from "./errors.js";
import { type Header, headerOf, type PushRequest, type PushResponse, splitTarget } from "./http.js";
import { endOfHead, malformed, tooLarge } from "./http-lines.js";

/**
 * HTTP/1.x as bytes (RFC 9112), as lenient as terminals need it: `Get` for a method and spaces
 * inside a target, which strict parsers refuse. Anyone who has an HTTP server may leave this alone.
 */
export const HTTP_LIMITS = {
  /** Request line and headers. */
  head: 16 * 1024,
  /** Body. */
  body: 10 * 1024 * 1024,
} as const;

/** Reads messages from bytes in any portions. */
export interface HttpReader<M> {
  /**
   * Takes bytes and returns the messages that they complete.
   *
   * @throws ZkPushError `HTTP_MALFORMED` or `LIMIT_EXCEEDED`; the connection is of no use then.
   */
  push(bytes: Uint8Array): readonly M[];
  /** No more bytes come: the message that lasts until then, if there is one. */
  end(): M | undefined;
}

/** A reader of what terminals send. */
export const createRequestReader = (
  limits: { readonly head: number; readonly body: number } = HTTP_LIMITS,
): HttpReader<PushRequest> =>
  createReader(limits, (line, headers) => {
    const match = /^([A-Za-z]+) +(.*?) +HTTP\/1\.[01]$/.exec(line);
    if (match === null) throw malformed("METHOD target HTTP/1.1");
    const [, method, target] = match as unknown as [string, string, string];
    return { message: { method, ...splitTarget(target) }, headers, untilEnd: false };
  });

/** A reader of what servers answer. */
export const createResponseReader = (
  limits: { readonly head: number; readonly body: number } = HTTP_LIMITS,
): HttpReader<PushResponse> =>
  createReader(limits, (line, headers) => {
    const match = /^HTTP\/1\.[01] (\d{3})(?: .*)?$/.exec(line);
    if (match === null) throw malformed("HTTP/1.1 and a status");
    const status = Number(match[1]);
    const bodiless = status === 204 || status === 304 || status < 200;
    return { message: { status }, headers, untilEnd: !bodiless };
  });

/** One request as bytes. Host is taken from its headers, or left to the reader to miss. */
export const encodeHttpRequest = (request: PushRequest): Uint8Array => {
  const target = request.query === "" ? request.path : `${request.path}?${request.query}`;
  return encodeMessage(`${request.method} ${target} HTTP/1.1`, request.headers, request.body);
};

/** One response as bytes. */
export const encodeHttpResponse = (response: PushResponse): Uint8Array => {
  const reason = REASONS.get(response.status) ?? "Unknown";
  return encodeMessage(`HTTP/1.1 ${response.status} ${reason}`, response.headers, response.body);
};

const REASONS: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  [200, "OK"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [413, "Content Too Large"],
  [429, "Too Many Requests"],
  [503, "Service Unavailable"],
]);

const encodeMessage = (first: string, headers: readonly Header[], body: Uint8Array): Uint8Array => {
  const own = { headers };
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const chunked = headerOf(own, "transfer-encoding")?.toLowerCase() === "chunked";
  if (!chunked && body.length > 0 && headerOf(own, "content-length") === undefined) {
    lines.push(`Content-Length: ${body.length}`);
  }
  for (const line of lines) {
    if (/[\0\r\n]/.test(line)) {
      throw new ZkPushError("FIELD_FORBIDDEN", "expected no line end inside an HTTP header");
    }
  }
  const head = bytesOf(`${lines.join("\r\n")}\r\n\r\n`);
  if (!chunked) return concatBytes(head, body);
  const size = body.length > 0 ? `${body.length.toString(16)}\r\n` : "";
  const end = body.length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n";
  return concatBytes(head, bytesOf(size), body, bytesOf(end));
};

interface Head<M> {
  readonly message: Omit<M, "headers" | "body">;
  readonly headers: readonly Header[];
  /** Without a length, the body lasts until the connection ends. */
  readonly untilEnd: boolean;
}

const createReader = <M extends { headers: readonly Header[]; body: Uint8Array }>(
  limits: { readonly head: number; readonly body: number },
  readFirst: (line: Wire, headers: readonly Header[]) => Head<M>,
): HttpReader<M> => {
  const input = createByteQueue();
  let head: Head<M> | undefined;
  let chunks: ChunkedBody | undefined;
  /** Where no end of a head was found, no end is: only what came since is looked at. */
  let looked = 0;

  const complete = (body: Uint8Array): M => {
    const message = { ...head!.message, headers: head!.headers, body } as unknown as M;
    head = undefined;
    chunks = undefined;
    return message;
  };

  const readHead = (): Head<M> | undefined => {
    const end = endOfHead(input.bytes, looked);
    if ((end ?? input.length) > limits.head) throw tooLarge("a head", limits.head);
    if (end === undefined) {
      looked = Math.max(0, input.length - LONGEST_END);
      return undefined;
    }
    const [first = "", ...lines] = wireOf(input.bytes.subarray(0, end)).split(/\r?\n/);
    input.drop(end);
    looked = 0;
    return readFirst(first, lines.filter((line) => line !== "").map(readHeader));
  };

  const next = (): M | undefined => {
    head ??= readHead();
    if (head === undefined) return undefined;
    if (/\bchunked\b/i.test(headerOf(head, "transfer-encoding") ?? "")) {
      chunks ??= createChunkedBody(input, limits);
      const body = chunks.take();
      return body === undefined ? undefined : complete(body);
    }
    const length = lengthOf(head);
    if ((length ?? input.length) > limits.body) throw tooLarge("a body", limits.body);
    if (length === undefined && head.untilEnd) return undefined;
    const wanted = length ?? 0;
    if (input.length < wanted) return undefined;
    const body = new Uint8Array(input.bytes.subarray(0, wanted));
    input.drop(wanted);
    return complete(body);
  };

  return {
    push(bytes) {
      input.append(bytes);
      const messages: M[] = [];
      while (input.length > 0 || head !== undefined) {
        const message = next();
        if (message === undefined) break;
        messages.push(message);
      }
      return messages;
    },
    end() {
      if (head === undefined) return undefined;
      const framed = lengthOf(head) !== undefined || headerOf(head, "transfer-encoding");
      return framed ? undefined : complete(new Uint8Array(input.bytes));
    },
  };
};

/** Bytes that may stand before the last of the end of a head: LF CR. */
const LONGEST_END = 2;

const readHeader = (line: Wire): Header => {
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(line);
  if (match === null) throw malformed("a header");
  return [match[1]!, match[2]!];
};

const lengthOf = (head: { readonly headers: readonly Header[] }): number | undefined => {
  const text = headerOf(head, "content-length");
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw malformed("digits in Content-Length");
  return Number(text);
};
