import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DocvalError, decodeResult, LIMITS } from "@org/docval-protocol";
import {
  readBody,
  type SignatureRefusal,
  type SignatureVerdict,
} from "@org/docval-protocol/server";
import { toNodeListener } from "@org/transports/node/http-verbs";

/** A result as it came, and what is worth knowing of it at a glance. */
export interface ReceivedResult {
  readonly validationId: string | null;
  readonly passive: boolean;
  readonly chip: string;
  readonly active: string;
  /** Null where no signature is asked for. */
  readonly verified: boolean | null;
  /** Why it is not taken. */
  readonly refused?: SignatureRefusal;
  readonly body: Uint8Array;
}

export interface ResultServerOptions {
  /** Judges the signature of a request; default: none is asked for. */
  readonly verify?: (request: Request, body: Uint8Array) => Promise<SignatureVerdict>;
  /** Takes a result before its sender is told so; what it throws makes the sender try again. */
  readonly onResult: (result: ReceivedResult) => Promise<void> | void;
  /** Told of it. */
  readonly onError?: (error: unknown) => void;
}

/** The largest result has every file of a document, in base64, and its pictures once more. */
const MAX_BODY = LIMITS.serverFrame;
const REQUEST_MS = 10_000;

/** A server for results, not yet listening. */
export const createResultServer = (
  options: ResultServerOptions,
): { readonly server: Server; close(): Promise<void> } => {
  const { onError } = options;
  const listener = toNodeListener(
    (request) => takeResult(request, options),
    onError ? { onError } : {},
  );
  const server = createServer(listener);
  server.requestTimeout = REQUEST_MS;
  return {
    server,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
};

/**
 * | status | when |
 * |---|---|
 * | 204 | the result was taken |
 * | 400, 405, 413 | no result, another method, too large: not to be sent again |
 * | 401 | the signature is refused |
 */
const takeResult = async (request: Request, options: ResultServerOptions): Promise<Response> => {
  if (request.method !== "POST") return new Response(null, { status: 405 });
  const body = await readBody(request, MAX_BODY);
  if (body === undefined) return new Response(null, { status: 413 });
  const verdict = await options.verify?.(request, body);
  const result = readResult(body);
  if (!result) return new Response(null, { status: 400 });
  const { passport, validationId } = result;
  const refused = verdict?.verified === false ? { refused: verdict.reason } : {};
  await options.onResult({
    validationId,
    passive: passport.passiveAuthentication,
    chip: passport.chipAuthenticationResult,
    active: passport.activeAuthenticationResult,
    verified: verdict?.verified ?? null,
    ...refused,
    body,
  });
  return new Response(null, { status: verdict?.verified === false ? 401 : 204 });
};

const readResult = (body: Uint8Array): ReturnType<typeof decodeResult> | undefined => {
  try {
    return decodeResult(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof DocvalError || error instanceof TypeError) return undefined;
    throw error;
  }
};

/** A server for results that listens: on 127.0.0.1 and any free port unless told otherwise. */
export const startResultServer = async (
  options: ResultServerOptions & { readonly host?: string; readonly port?: number },
): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const { host = "127.0.0.1", port = 0 } = options;
  const { server, close } = createResultServer(options);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close };
};
