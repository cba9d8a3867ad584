import { once } from "node:events";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** Answers a request, as servers and workers with the Fetch API do. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface FetchListenerOptions {
  /** Told what the handler, or the body of its answer, threw; the client is told 500 and no more. */
  readonly onError?: (error: unknown) => void;
}

/**
 * A Node listener that serves by a fetch-style handler: any method, bodies streamed both ways, and
 * `request.signal` fires when the client goes away.
 */
export const toNodeListener =
  (handler: FetchHandler, options: FetchListenerOptions = {}): RequestListener =>
  (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    const fail = (error: unknown) => {
      if (!gone.signal.aborted) options.onError?.(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { "Content-Length": "0" }).end();
    };
    serve(incoming, outgoing, handler, gone.signal).catch(fail);
  };

const serve = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: FetchHandler,
  signal: AbortSignal,
): Promise<void> => {
  const request = readRequest(incoming, signal);
  if (!request) {
    outgoing.writeHead(400, { "Content-Length": "0" }).end();
    return;
  }
  await writeResponse(await handler(request), outgoing, incoming.method === "HEAD", signal);
  await hearOut(request, incoming, outgoing);
  outgoing.end();
};

/** How long a client that still sends has to read its answer. */
const HEAR_OUT_MS = 1_000;

/**
 * Reads on for a moment where a body was not read to its end: a connection that is closed before the
 * client has stopped to send may take the answer along.
 */
const hearOut = async (
  request: Request,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  if (incoming.complete || outgoing.destroyed) return;
  outgoing.flushHeaders();
  if (request.body?.locked === false) await request.body.cancel();
  const enough = AbortSignal.timeout(HEAR_OUT_MS);
  await Promise.race(
    ["end", "close"].map((event) => once(incoming, event, { signal: enough })),
  ).catch(() => {});
};

/** Undefined where the Fetch API has no place for such a request. */
const readRequest = (incoming: IncomingMessage, signal: AbortSignal): Request | undefined => {
  const { method = "GET", rawHeaders } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    const headers = new Headers();
    for (let i = 0; i < rawHeaders.length; i += 2)
      headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
    return new Request(targetOf(incoming), {
      method,
      headers,
      signal,
      ...(hasBody ? { body: bodyOf(incoming), duplex: "half" } : {}),
    } as RequestInit);
  } catch {
    return undefined;
  }
};

/**
 * The body as a stream. Who cancels it does not want the rest, and still has an answer to give: the rest is
 * read and thrown away, where giving up the request would take the connection along.
 */
const bodyOf = (incoming: IncomingMessage): ReadableStream => {
  const reader = (Readable.toWeb(incoming) as NodeReadableStream<Uint8Array>).getReader();
  const drain = async (): Promise<void> => {
    while (!(await reader.read()).done);
  };
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        drain().catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
};

/** The target may be a path or a whole URL (RFC 9112, 3.2), and a Host may be anything. */
const targetOf = ({ url = "/", headers, socket }: IncomingMessage): URL => {
  if (!url.startsWith("/")) return new URL(url);
  const host = `http://${headers.host ?? ""}`;
  const base = URL.canParse(host) ? host : `http://127.0.0.1:${socket.localPort ?? 80}`;
  // Joined as text: a path that begins with two slashes is no host.
  return new URL(`${new URL(base).origin}${url}`);
};

const writeResponse = async (
  response: Response,
  outgoing: ServerResponse,
  headOnly: boolean,
  signal: AbortSignal,
): Promise<void> => {
  outgoing.statusCode = response.status;
  if (response.statusText !== "") outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (!response.body || headOnly) {
    await response.body?.cancel();
    return;
  }
  outgoing.flushHeaders();
  // Leaving the loop cancels the body, so that whoever makes it stops when the client has gone.
  for await (const chunk of response.body as NodeReadableStream<Uint8Array>) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(chunk)) await once(outgoing, "drain", { signal });
  }
};
