import type { Send } from "../client/transport.js";
import { MdsError, type MdsErrorCode } from "../errors.js";

/** A client of HTTP with methods of one's own, such as `requestVerb` of `@org/transports`. */
export type VerbRequest = (
  url: string,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly raw?: boolean;
    readonly signal: globalThis.AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array>;
}>;

/** Codes of `@org/transports` that mean the same here. */
const CODES: ReadonlyMap<string | undefined, MdsErrorCode> = /* @__PURE__ */ new Map([
  ["CONNECT_FAILED", "UNREACHABLE"],
  ["TRANSPORT_TIMEOUT", "TIMED_OUT"],
]);

/**
 * Sends by a client that opens a connection for each request, as device services want it.
 *
 * @param options.raw reads each answer to the end of its connection, for services that count characters
 * where bytes are meant.
 */
export const verbSend =
  (request: VerbRequest, options: { readonly raw?: boolean } = {}): Send =>
  async ({ method, url, headers, body, signal }) => {
    try {
      const answer = await request(url, {
        ...options,
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        signal: signal as globalThis.AbortSignal,
      });
      return {
        status: answer.status,
        header: (name) => answer.headers.get(name) ?? undefined,
        body: answer.body,
      };
    } catch (cause) {
      signal.throwIfAborted();
      const { code, message } = cause as { readonly code?: string; readonly message: string };
      throw new MdsError(CODES.get(code) ?? "HTTP_STATUS", message, { cause });
    }
  };
