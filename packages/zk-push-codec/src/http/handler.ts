import type { ServerEvent } from "../engine/server/events.js";
import type { Gate } from "../engine/server/gate.js";
import { type PushRequest, splitTarget } from "../http.js";
import { HTTP_LIMITS } from "../http-message.js";

/** How requests reach a gate. */
export interface PushHandlerOptions {
  readonly gate: Gate;
  /** Who asks; default: nobody knows. */
  readonly addressOf?: (request: Request) => string;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Largest body in bytes. Default 10 MB. */
  readonly maxBody?: number;
  /** Told what happened, after the answer is known. */
  readonly onEvents?: (events: readonly ServerEvent[]) => void;
}

/** A handler of `/iclock/…` for any platform with `Request` and `Response`. */
export const createPushHandler = (
  options: PushHandlerOptions,
): ((request: Request) => Promise<Response>) => {
  const { gate, now = Date.now, maxBody = HTTP_LIMITS.body } = options;
  const addressOf = options.addressOf ?? (() => "");
  return async (request) => {
    const body = await readBody(request, maxBody);
    if (body === undefined) {
      return new Response("BODY TOO LARGE", {
        status: 413,
        headers: { "Content-Type": "text/plain" },
      });
    }
    const handled = await gate(await pushRequest(request, body), addressOf(request), now());
    options.onEvents?.(handled.events);
    if (handled.answerAfterMs !== undefined && handled.answerAfterMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, handled.answerAfterMs));
    }
    const { status, headers, body: answer } = handled.response;
    return new Response(new Uint8Array(answer), {
      status,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
};

const pushRequest = async (request: Request, body: Uint8Array): Promise<PushRequest> => {
  const target = request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  return {
    method: request.method,
    ...splitTarget(target),
    headers: [...request.headers],
    body,
  };
};

/** The body, as far as it is not too large; a declared length is not believed. */
const readBody = async (request: Request, limit: number): Promise<Uint8Array | undefined> => {
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    body.set(part, offset);
    offset += part.length;
  }
  return body;
};
