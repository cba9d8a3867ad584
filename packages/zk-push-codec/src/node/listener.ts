import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { wireOf } from "../bytes.js";
import type { ServerEvent } from "../engine/server/events.js";
import type { Gate } from "../engine/server/gate.js";
import { type Header, type PushRequest, type PushResponse, splitTarget } from "../http.js";
import { createRequestReader, encodeHttpResponse, HTTP_LIMITS } from "../http-message.js";

/** How requests reach a gate. */
export interface PushListenerOptions {
  readonly gate: Gate;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Largest body in bytes. Default 10 MB. */
  readonly maxBody?: number;
  /** Told what happened, after the answer is known. */
  readonly onEvents?: (events: readonly ServerEvent[]) => void;
}

/** Listeners for a `node:http` server. */
export interface PushListener {
  /** For `request`: answers requests below `/iclock`, and says whether this was one. */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /**
   * For `clientError`: terminals write `Get` and put spaces into targets, which node's parser
   * refuses; the same bytes are read here once more, leniently.
   */
  clientError(error: Error & { readonly rawPacket?: Uint8Array }, socket: Socket): void;
}

export const createPushListener = (options: PushListenerOptions): PushListener => {
  const { now = Date.now, maxBody = HTTP_LIMITS.body } = options;

  const handle = async (request: PushRequest, address: string): Promise<PushResponse> => {
    const handled = await options.gate(request, address, now());
    options.onEvents?.(handled.events);
    const wait = handled.answerAfterMs ?? 0;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    return handled.response;
  };

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    { path, query }: { readonly path: string; readonly query: string },
  ): Promise<void> => {
    const headers = headersOf(request.rawHeaders);
    const body = hasBody(headers) ? await readBody(request, maxBody) : NO_BODY;
    if (body === undefined) {
      response.writeHead(413, { "Content-Type": "text/plain", Connection: "close" });
      response.end("BODY TOO LARGE");
      return;
    }
    const told = await handle(
      { method: request.method ?? "", path, query, headers, body },
      request.socket.remoteAddress ?? "",
    );
    response.writeHead(told.status, told.headers.flat());
    if (told.body.length > LONGEST_TEXT) response.end(told.body);
    else response.end(wireOf(told.body), "latin1");
  };

  return {
    request(request, response) {
      const target = splitTarget(request.url ?? "");
      if (!/^\/+iclock(?:\/|$)/i.test(target.path)) return false;
      answer(request, response, target).catch(() => response.destroy());
      return true;
    },
    clientError(error, socket) {
      const packet = error.rawPacket;
      if (packet === undefined || !isLenient(packet) || !socket.writable) {
        if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        return;
      }
      const reader = createRequestReader({ head: HTTP_LIMITS.head, body: maxBody });
      const take = (bytes: Uint8Array): void => {
        try {
          const [request] = reader.push(bytes);
          if (request === undefined) return;
          socket.removeListener("data", take);
          handle(request, socket.remoteAddress ?? "").then(
            (answer) => socket.end(encodeHttpResponse(closing(answer))),
            () => socket.destroy(),
          );
        } catch {
          socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
      };
      socket.removeAllListeners("data");
      socket.on("data", take);
      socket.setTimeout(30_000, () => socket.destroy());
      take(packet);
    },
  };
};

/** A request line of a terminal, in a form that node refuses. */
const isLenient = (packet: Uint8Array): boolean =>
  /^[A-Za-z]+ +\/+iclock[^\r\n]* HTTP\/1\.[01]\r?\n/i.test(
    Buffer.from(packet.buffer, packet.byteOffset, Math.min(packet.length, 4_096)).toString(
      "latin1",
    ),
  );

const closing = (response: PushResponse): PushResponse => ({
  ...response,
  headers: [...response.headers, ["Connection", "close"]],
});

const headersOf = (raw: readonly string[]): readonly Header[] => {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i]!, raw[i + 1]!]);
  return headers;
};

/** A short body as a text leaves in one piece with its headers; most answers say `OK`. */
const LONGEST_TEXT = 4_096;

const NO_BODY = new Uint8Array();

/** A request without either header has no body (RFC 9112, 6.3), as every poll. */
const hasBody = (headers: readonly Header[]): boolean =>
  headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));

/** The body, as far as it is not too large; `undefined` for one that is. */
const readBody = (request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length > limit) {
        request.removeAllListeners("data");
        request.resume();
        resolve(undefined);
      } else parts.push(part);
    });
    request.on("end", () => resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    request.on("error", reject);
    request.on("aborted", () => reject(new Error("the terminal went away")));
  });
