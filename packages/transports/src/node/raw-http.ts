import { TransportError } from "../errors.js";

/** The head of an answer (RFC 9112, 4), read from bytes as they came. */
export interface RawHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** What the peer declares, in bytes or, wrongly, in characters; undefined where it does not. */
  readonly contentLength: number | undefined;
}

/** Longest head that is waited for, in bytes. */
export const RAW_HEAD_BYTES = 64 * 1024;

/** Finds the head at the beginning of a stream of bytes. */
export interface RawHeadReader {
  /**
   * The head and the bytes after it, as soon as the head is complete. An interim answer (1xx) is
   * passed over.
   *
   * @throws TransportError `HTTP_RESPONSE_INVALID`, `HTTP_LIMIT`.
   */
  push(bytes: Buffer): { readonly head: RawHead; readonly rest: Buffer } | undefined;
}

export const createRawHeadReader = (): RawHeadReader => {
  let begun: Buffer = Buffer.alloc(0);
  return {
    push(bytes) {
      begun = Buffer.concat([begun, bytes]);
      for (;;) {
        const end = /\r?\n\r?\n/.exec(begun.subarray(0, RAW_HEAD_BYTES).toString("latin1"));
        if (!end) {
          if (begun.length < RAW_HEAD_BYTES) return undefined;
          throw new TransportError(
            "HTTP_LIMIT",
            `expected a head of at most ${RAW_HEAD_BYTES} bytes`,
            {
              limit: RAW_HEAD_BYTES,
            },
          );
        }
        const head = readHead(begun.subarray(0, end.index).toString("latin1"));
        begun = begun.subarray(end.index + end[0].length);
        if (head.status >= 200) return { head, rest: begun };
      }
    },
  };
};

const invalid = (expected: string): TransportError =>
  new TransportError("HTTP_RESPONSE_INVALID", `expected ${expected} in the head of an answer`);

const readHead = (text: string): RawHead => {
  const [statusLine = "", ...lines] = text.split(/\r?\n/);
  const [, status, statusText] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(statusLine) ?? [];
  if (status === undefined) throw invalid("a status line of HTTP/1");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw invalid("a name and a colon in each header line");
    try {
      headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    } catch (cause) {
      throw new TransportError("HTTP_RESPONSE_INVALID", "expected a header that can be", { cause });
    }
  }
  if (headers.has("transfer-encoding"))
    throw invalid("no transfer encoding, raw reading knows none,");
  return {
    status: Number(status),
    statusText: statusText ?? "",
    headers,
    contentLength: lengthIn(headers),
  };
};

const lengthIn = (headers: Headers): number | undefined => {
  const value = headers.get("content-length");
  if (value === null) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw invalid("one Content-Length of digits");
  return Number(value);
};

/** A request in HTTP/1.1 (RFC 9112, 3), head and body. */
export const encodeRawRequest = (
  method: string,
  url: URL,
  headers: Headers,
  body: Uint8Array | undefined,
): Buffer => {
  const fields = new Headers(headers);
  fields.set("host", url.host);
  fields.set("connection", "close");
  if (body) fields.set("content-length", String(body.length));
  const lines = [...fields].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body ?? Buffer.alloc(0)]);
};
