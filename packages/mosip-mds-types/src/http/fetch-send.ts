import type { HttpReply, Send } from "../client/transport.js";
import { MdsError } from "../errors.js";

/**
 * Sends with the platform's `fetch`, which takes custom verbs in Node and in browsers.
 *
 * In a browser every verb but POST needs a preflight that the service must answer; a page from the
 * internet needs the person's permission for the local network besides, see {@link localNetworkHint}.
 */
export const fetchSend =
  (fetch: typeof globalThis.fetch = globalThis.fetch): Send =>
  async ({ method, url, headers, body, signal }) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: signal as globalThis.AbortSignal,
        cache: "no-store",
        redirect: "error",
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new MdsError("UNREACHABLE", `expected a connection, found none${codeOf(cause)}`, {
        cause,
      });
    }
    return replyOf(response);
  };

/** A response of the platform in the client's terms. */
export const replyOf = (response: Response): HttpReply => ({
  status: response.status,
  header: (name) => response.headers.get(name) ?? undefined,
  body: chunksOf(response.body),
});

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) {
    return;
  }
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The system's code, which Node puts into the cause; browsers say nothing. */
const codeOf = (error: unknown): string => {
  const code = (error as { cause?: { code?: unknown } })?.cause?.code;
  return typeof code === "string" ? ` (${code})` : "";
};

/** Sends straight to a handler, without a network: for tests and for services inside the same program. */
export const handlerSend =
  (handler: (request: Request) => Promise<Response>): Send =>
  async ({ method, url, headers, body, signal }) =>
    replyOf(
      await handler(
        new Request(url, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
          signal: signal as globalThis.AbortSignal,
        }),
      ),
    );
