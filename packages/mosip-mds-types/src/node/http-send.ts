import { request } from "node:http";
import type { HttpReply, Send } from "../client/transport.js";
import { MdsError } from "../errors.js";

/**
 * Sends with Node's own client: any verb, one connection a request, as device services want it.
 *
 * A service whose Content-Length counts characters makes this client break off; {@link rawSend} does not.
 */
export const httpSend: Send = ({ method, url, headers, body, signal }) =>
  new Promise<HttpReply>((resolve, reject) => {
    const bytes = Buffer.from(body ?? "");
    const call = request(
      url,
      {
        method,
        agent: false,
        headers: {
          ...headers,
          connection: "close",
          ...(body === undefined ? {} : { "content-length": bytes.length }),
        },
        signal: signal as unknown as globalThis.AbortSignal,
      },
      (answer) => {
        resolve({
          status: answer.statusCode ?? 0,
          header: (name) => {
            const value = answer.headers[name.toLowerCase()];
            return Array.isArray(value) ? value[0] : value;
          },
          body: asMdsError(answer),
        });
      },
    );
    call.on("error", (cause) => {
      reject(signal.aborted ? signal.reason : unreachable(cause));
    });
    call.end(bytes);
  });

/** Bytes of a body; a connection that breaks in the middle is an error of the way, with its code. */
async function* asMdsError(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** Refused connections are unreachable; whatever answers in another language is not. */
export const unreachable = (cause: unknown): MdsError => {
  const code = (cause as { code?: unknown }).code;
  const name = typeof code === "string" ? code : "unknown";
  return name.startsWith("HPE_") || name === "ECONNRESET"
    ? new MdsError("HTTP_STATUS", `expected an answer of HTTP, found none (${name})`, { cause })
    : new MdsError("UNREACHABLE", `expected a connection, found none (${name})`, { cause });
};
