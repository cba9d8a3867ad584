import { STREAM_BOUNDARY } from "../device/preview.js";
import type { DeviceService, RequestContext, ServiceAnswer } from "../device/service.js";
import { OPERATIONS, type Operation } from "../profiles/profile.js";
import { MAX_BODY_BYTES, readBody } from "./body.js";
import {
  type AccessPolicy,
  corsHeaders,
  isOwnHost,
  judgeCaller,
  preflightHeaders,
  rootDomain,
} from "./policy.js";

export interface DeviceHandlerOptions extends AccessPolicy {
  readonly service: DeviceService;
  /** Base URL for callbackId and LOCATION, without a slash at the end; by default the one that the client used. */
  readonly baseUrl?: string;
  readonly maxBodyBytes?: number;
}

/** A device service as a fetch-style handler: one request in, one response out. */
export type DeviceHandler = (request: Request) => Promise<Response>;

/**
 * Puts a device service behind HTTP, with the verbs, paths and headers of its version.
 *
 * In this order: the Host header, the Origin, path and verb, the length of the body; only then is anything
 * asked of the device. What the device refuses is status 200 with an error object, as clients expect.
 */
export const createDeviceHandler = (options: DeviceHandlerOptions): DeviceHandler => {
  const { service, maxBodyBytes = MAX_BODY_BYTES } = options;
  const { profile } = service;
  const endpoints = OPERATIONS.flatMap((operation) => {
    const endpoint = profile.endpoints[operation];
    return endpoint === undefined || operation === "match" ? [] : [{ operation, ...endpoint }];
  });

  return async (request) => {
    if (!isOwnHost(request, options)) {
      return refuse(421, {});
    }
    const caller = await judgeCaller(request, options);
    if (!caller.allowed) {
      return refuse(403, corsHeaders(undefined));
    }
    const cors = corsHeaders(caller.origin);
    const url = new URL(request.url);
    const here = endpoints.filter(({ path }) => path === url.pathname);
    if (here.length === 0) {
      return refuse(404, cors);
    }
    if (request.method === "OPTIONS") {
      const verbs = here.map(({ verb }) => verb);
      return new Response(null, {
        status: 204,
        headers: { ...cors, ...preflightHeaders(request, verbs) },
      });
    }
    const found = here.find(({ verb }) => verb === request.method);
    if (found === undefined) {
      const allow = [...here.map(({ verb }) => verb), "OPTIONS"].join(", ");
      return refuse(405, { ...cors, allow });
    }
    const body = await readBody(request, maxBodyBytes);
    if ("tooLarge" in body) {
      return refuse(413, cors);
    }
    const base = (options.baseUrl ?? `http://127.0.0.1:${url.port || "80"}`).replace(/\/$/, "");
    const answer = await perform(service, found.operation, body.text, {
      callbackId: profile.callbackEndsInSlash ? `${base}/` : base,
      ...(caller.origin === undefined ? {} : { requestOrigin: rootDomain(caller.origin) }),
      signal: request.signal,
    });
    return respond(answer, {
      ...cors,
      "cache-control": "no-store",
      location: `${base}${profile.locationHasPath ? found.path : ""}`,
      // The documents write "Closed", which is no token of HTTP and leaves clients waiting.
      connection: "close",
    });
  };
};

const perform = (
  service: DeviceService,
  operation: Operation,
  body: string,
  context: RequestContext,
): Promise<ServiceAnswer> => {
  switch (operation) {
    case "discovery":
      return service.discover(body, context);
    case "info":
      return service.info(body, context);
    case "stream":
      return service.stream(body, context);
    default:
      return service.capture(
        operation === "capture" ? operation : "registration-capture",
        body,
        context,
      );
  }
};

const respond = (answer: ServiceAnswer, headers: Readonly<Record<string, string>>): Response => {
  if (answer.kind === "json") {
    const bytes = new TextEncoder().encode(answer.body);
    return new Response(bytes, {
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": String(bytes.length),
      },
    });
  }
  const parts = answer.parts[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await parts.next();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      answer.stop();
    },
    cancel: () => {
      answer.stop();
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": `multipart/x-mixed-replace; boundary=${STREAM_BOUNDARY}`,
    },
  });
};

/** A refusal by HTTP: a status, and nothing that tells more. */
const refuse = (status: number, headers: Readonly<Record<string, string>>): Response =>
  new Response(null, {
    status,
    headers: { ...headers, "content-length": "0", connection: "close" },
  });
