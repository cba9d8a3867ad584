import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** A handler that answers some paths. */
export type FetchHandler = (request: Request) => Promise<Response | undefined>;

const addresses = new WeakMap<Request, string>();

/** Where a request of {@link answerBy} came from. */
export const addressOf = (request: Request): string => addresses.get(request) ?? "";

/** Answers a request of `node:http` by the first handler that knows its path. */
export const answerBy = async (
  handlers: readonly FetchHandler[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const request = requestOf(incoming);
  if (request === undefined) {
    outgoing.writeHead(400, { "Content-Type": "text/plain" }).end("BAD REQUEST\n");
    return;
  }
  addresses.set(request, incoming.socket.remoteAddress ?? "");
  for (const handler of handlers) {
    const response = await handler(request);
    if (response === undefined) continue;
    await write(response, outgoing);
    // A body that nobody reads is not waited for, once the answer had time to arrive.
    if (!incoming.complete)
      setTimeout(() => incoming.complete || incoming.destroy(), 1_000).unref();
    return;
  }
  outgoing.writeHead(404, { "Content-Type": "text/plain" }).end("NOT FOUND\n");
};

const requestOf = (incoming: IncomingMessage): Request | undefined => {
  const { method = "GET", url = "/", headers } = incoming;
  const base = `http://${headers.host ?? "localhost"}`;
  if (!url.startsWith("/") || !URL.canParse(base + url)) return undefined;
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) entries.push([name, Array.isArray(value) ? value.join(", ") : value]);
  }
  const bodiless = method === "GET" || method === "HEAD";
  try {
    return new Request(base + url, {
      method,
      headers: entries,
      ...(bodiless ? {} : { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
    });
  } catch {
    return undefined;
  }
};

const write = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, headers);
  if (response.body === null) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  // Whoever goes away ends the stream behind it.
  await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing).catch(() => {});
};
