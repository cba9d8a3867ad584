import { bytesOf, concatBytes, type Wire, wireOf } from "./bytes.js";
import { ZkPushError } from "./errors.js";
import { type Header, headerOf, type PushRequest, type PushResponse, splitTarget } from "./http.js";

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

const malformed = (expected: string): ZkPushError =>
  new ZkPushError("HTTP_MALFORMED", `expected ${expected}, found another line`);

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
  let pending: Uint8Array = new Uint8Array();
  let head: Head<M> | undefined;

  const complete = (body: Uint8Array, used: number): M => {
    const message = {
      ...head!.message,
      headers: head!.headers,
      body: body.slice(),
    } as unknown as M;
    pending = pending.subarray(used);
    head = undefined;
    return message;
  };

  const next = (): M | undefined => {
    if (head === undefined) {
      const end = endOfHead(pending);
      if (end === undefined) {
        if (pending.length > limits.head) throw tooLarge("a head", limits.head);
        return undefined;
      }
      if (end > limits.head) throw tooLarge("a head", limits.head);
      const [first = "", ...lines] = wireOf(pending.subarray(0, end)).split(/\r?\n/);
      head = readFirst(first, lines.filter((line) => line !== "").map(readHeader));
      pending = pending.subarray(end);
    }
    if (/\bchunked\b/i.test(headerOf(head, "transfer-encoding") ?? "")) {
      const chunks = readChunks(pending, limits.body);
      return chunks === undefined ? undefined : complete(chunks.body, chunks.end);
    }
    const length = lengthOf(head);
    if ((length ?? pending.length) > limits.body) throw tooLarge("a body", limits.body);
    if (length === undefined && head.untilEnd) return undefined;
    const wanted = length ?? 0;
    return pending.length < wanted ? undefined : complete(pending.subarray(0, wanted), wanted);
  };

  return {
    push(bytes) {
      pending = pending.length === 0 ? bytes.slice() : concatBytes(pending, bytes);
      const messages: M[] = [];
      while (pending.length > 0 || head !== undefined) {
        const message = next();
        if (message === undefined) break;
        messages.push(message);
      }
      return messages;
    },
    end() {
      if (head === undefined) return undefined;
      const framed = lengthOf(head) !== undefined || headerOf(head, "transfer-encoding");
      return framed ? undefined : complete(pending, pending.length);
    },
  };
};

const tooLarge = (what: string, limit: number): ZkPushError =>
  new ZkPushError("LIMIT_EXCEEDED", `expected ${what} of at most ${limit} bytes`);

/** Where the empty line after the headers ends; some senders end lines with LF alone. */
const endOfHead = (bytes: Uint8Array): number | undefined => {
  for (let feed = bytes.indexOf(10); feed >= 0; feed = bytes.indexOf(10, feed + 1)) {
    if (bytes[feed + 1] === 10) return feed + 2;
    if (bytes[feed + 1] === 13 && bytes[feed + 2] === 10) return feed + 3;
  }
  return undefined;
};

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

/** A chunked body (RFC 9112, 7.1); `undefined` while bytes are missing. */
const readChunks = (
  bytes: Uint8Array,
  limit: number,
): { body: Uint8Array; end: number } | undefined => {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let offset = 0; ; ) {
    const feed = bytes.indexOf(10, offset);
    if (feed < 0) return undefined;
    const size = /^([0-9a-f]{1,8})(?:;.*)?\r?$/i.exec(wireOf(bytes.subarray(offset, feed)))?.[1];
    if (size === undefined) throw malformed("the size of a chunk");
    const length = Number.parseInt(size, 16);
    offset = feed + 1;
    if (length === 0) {
      const trailers = bytes[offset] === 13 && bytes[offset + 1] === 10 ? offset + 2 : undefined;
      const end = trailers ?? endOfHead(bytes.subarray(offset));
      if (end === undefined) return undefined;
      return { body: concatBytes(...parts), end: trailers ?? offset + end };
    }
    total += length;
    if (total > limit) throw tooLarge("a body", limit);
    if (offset + length + 2 > bytes.length) return undefined;
    parts.push(bytes.subarray(offset, offset + length));
    offset += length + (bytes[offset + length] === 13 ? 2 : 1);
  }
};
