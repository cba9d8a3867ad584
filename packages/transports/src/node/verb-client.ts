import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import type { Readable } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import type { Clock } from "../clock.js";
import { abortedError, TransportError } from "../errors.js";
import { createRawHeadReader, encodeRawRequest } from "./raw-http.js";
import { checkMethod } from "./request-line.js";
import {
  type ResponseHead,
  startWatchdog,
  type VerbResponse,
  verbResponse,
  type Watchdog,
} from "./verb-response.js";

export interface VerbRequestOptions {
  /** Any token; sent in upper case. Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as UTF-8. */
  readonly body?: string | Uint8Array;
  /** Longest silence of the peer, in milliseconds; default 60,000. */
  readonly idleMs?: number;
  /** Longest body that `bytes` and `text` read; default 32 MiB. */
  readonly maxBody?: number;
  /**
   * Reads the answer to the end of the connection and takes no length for true: for peers that count
   * characters where bytes are meant. Plain http: only. Default false.
   */
  readonly raw?: boolean;
  /** For https: whom to trust and who we are. */
  readonly tls?: Pick<
    ConnectionOptions,
    "ca" | "cert" | "key" | "passphrase" | "servername" | "rejectUnauthorized" | "minVersion"
  >;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/**
 * Sends a request with any method, on a connection of its own, and resolves with the head of the
 * answer.
 *
 * @throws TransportError `CONNECT_FAILED`, `HTTP_RESPONSE_INVALID` (the raw mode may help),
 * `HTTP_TRUNCATED`, `HTTP_LIMIT`, `TRANSPORT_TIMEOUT`, `TRANSPORT_ABORTED`, `HTTP_REQUEST_INVALID`,
 * `OPTION_INVALID`; the body's iteration throws the same.
 */
export const requestVerb = async (
  url: string | URL,
  options: VerbRequestOptions = {},
): Promise<VerbResponse> => {
  const { signal, raw = false } = options;
  const target = URL.canParse(String(url)) ? new URL(String(url)) : undefined;
  if (target?.protocol !== "http:" && (target?.protocol !== "https:" || raw)) {
    throw new TransportError("OPTION_INVALID", `expected ${raw ? "an http:" : "a web"} URL`);
  }
  const method = (options.method ?? "GET").toUpperCase();
  checkMethod(method);
  if (signal?.aborted) throw abortedError(signal);
  const call = { target, method, headers: readHeaders(options), body: readBody(options), options };
  return raw ? requestRaw(call) : requestParsed(call);
};

interface Call {
  readonly target: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly options: VerbRequestOptions;
}

const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_MAX_BODY = 32 * 1024 * 1024;

const readHeaders = ({ headers }: VerbRequestOptions): Headers => {
  try {
    return new Headers(headers);
  } catch (cause) {
    throw new TransportError("HTTP_REQUEST_INVALID", "expected headers that can be sent", {
      cause,
    });
  }
};

const readBody = ({ body }: VerbRequestOptions): Uint8Array | undefined =>
  typeof body === "string" ? new TextEncoder().encode(body) : body && new Uint8Array(body);

/** By Node's own client and parser. */
const requestParsed = ({ target, method, headers, body, options }: Call): Promise<VerbResponse> =>
  new Promise((resolve, reject) => {
    const send = target.protocol === "https:" ? httpsRequest : httpRequest;
    const fields = Object.fromEntries(headers);
    if (body) fields["content-length"] = String(body.length);
    // A connection that is used again would meet a parser in the middle of another exchange.
    const request = send(target, { ...options.tls, method, agent: false, headers: fields });
    let failed: TransportError | undefined;
    const fail = (error: TransportError) => {
      failed ??= error;
      watchdog.stop();
      request.destroy();
      reject(failed);
    };
    const watchdog = startWatchdog(options.idleMs ?? DEFAULT_IDLE_MS, options, fail);
    request.on("error", (cause) => fail(clientError(cause, target)));
    request.on("response", (response: IncomingMessage) => {
      watchdog.hold();
      const head: ResponseHead = {
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? "",
        headers: new Headers(pairsOf(response.rawHeaders)),
      };
      const body = readChunks(response, watchdog, () => failed, target);
      resolve(
        verbResponse(head, body, options.maxBody ?? DEFAULT_MAX_BODY, () => {
          watchdog.stop();
          response.destroy();
        }),
      );
    });
    request.end(body);
  });

const pairsOf = (rawHeaders: readonly string[]): [string, string][] =>
  rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!]] : []));

/** By a socket: what comes after the head, until the peer ends, is the body. */
const requestRaw = ({ target, method, headers, body, options }: Call): Promise<VerbResponse> =>
  new Promise((resolve, reject) => {
    const port = Number(target.port || 80);
    const socket = connect({ host: target.hostname, port, noDelay: true });
    const reader = createRawHeadReader();
    let failed: TransportError | undefined;
    const fail = (error: TransportError) => {
      failed ??= error;
      watchdog.stop();
      socket.destroy();
      reject(failed);
    };
    const watchdog = startWatchdog(options.idleMs ?? DEFAULT_IDLE_MS, options, fail);
    const onError = (cause: Error) => fail(clientError(cause, target));
    const onEnd = () => fail(truncated("expected an answer, the peer ended the connection"));
    const onData = (bytes: Buffer) => {
      watchdog.feed();
      try {
        const answer = reader.push(bytes);
        if (!answer) return;
        watchdog.hold();
        // From here on the reader of the body hears of an end or error.
        socket.off("data", onData).off("end", onEnd).off("error", onError).pause();
        socket.on("error", () => {});
        if (answer.rest.length > 0) socket.unshift(answer.rest);
        const declared = answer.head.contentLength;
        const body = readChunks(socket, watchdog, () => failed, target, declared);
        resolve(
          verbResponse(answer.head, body, options.maxBody ?? DEFAULT_MAX_BODY, () => {
            watchdog.stop();
            socket.destroy();
          }),
        );
      } catch (error) {
        fail(error as TransportError);
      }
    };
    socket.on("data", onData).on("end", onEnd).on("error", onError);
    socket.write(encodeRawRequest(method, target, headers, body));
  });

/** The body, chunk by chunk; each error in it becomes one of ours. */
async function* readChunks(
  source: Readable,
  watchdog: Watchdog,
  failure: () => TransportError | undefined,
  target: URL,
  declared = 0,
): AsyncGenerator<Uint8Array, void, void> {
  let length = 0;
  try {
    watchdog.feed();
    for await (const chunk of source as AsyncIterable<Buffer>) {
      length += chunk.length;
      // While the caller is at work on a chunk, the silence is not the peer's.
      watchdog.hold();
      yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      watchdog.feed();
    }
  } catch (cause) {
    // A peer that resets instead of ending may have sent everything.
    if (failure() || declared === 0 || length < declared) {
      throw failure() ?? clientError(cause as Error, target);
    }
  } finally {
    watchdog.stop();
    source.destroy();
  }
  if (length < declared) throw truncated(`expected ${declared} bytes, found ${length}`);
}

const truncated = (message: string, cause?: unknown): TransportError =>
  new TransportError("HTTP_TRUNCATED", message, { cause });

const clientError = (cause: Error & { code?: string }, target: URL): TransportError => {
  const { code = "" } = cause;
  if (code.startsWith("HPE_")) {
    return new TransportError("HTTP_RESPONSE_INVALID", `the parser refuses the answer: ${code}`, {
      cause,
    });
  }
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return truncated(`expected a whole answer, the connection ended: ${code}`, cause);
  }
  if (code.startsWith("ERR_")) {
    return new TransportError("HTTP_REQUEST_INVALID", `the request cannot be sent: ${code}`, {
      cause,
    });
  }
  return new TransportError(
    "CONNECT_FAILED",
    `expected a server at ${target.host}: ${cause.message}`,
    {
      cause,
    },
  );
};
