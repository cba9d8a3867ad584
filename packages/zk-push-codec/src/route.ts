import type { PushRequest } from "./http.js";
import { QUERY, unescapeQuery } from "./query.js";

/** Last word of the path, as every server names it. */
export type Endpoint =
  | "cdata"
  | "edata"
  | "fdata"
  | "querydata"
  | "getrequest"
  | "devicecmd"
  | "exchange"
  | "ping"
  | "file"
  | "test"
  | "foreign"
  | "unknown";

/** Where a request goes, before anything of its content is read. */
export interface Route {
  readonly endpoint: Endpoint;
  /** Below `/iclock/file/`, the rest of the path. */
  readonly rest: string;
  readonly post: boolean;
  /** First value of a query key in any letter case, unescaped. */
  parameter(key: string): string | undefined;
}

const ENDPOINTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "cdata",
  "edata",
  "fdata",
  "querydata",
  "getrequest",
  "devicecmd",
  "exchange",
  "ping",
  "file",
  "test",
]);

/** Where records are brought: firmware has several names for `cdata`. */
const UPLOADS: ReadonlySet<Endpoint> = /* @__PURE__ */ new Set([
  "cdata",
  "edata",
  "fdata",
  "querydata",
]);

export const isUpload = ({ endpoint, post }: Route): boolean => post && UPLOADS.has(endpoint);

/** Paths of the access-control dialects: other messages under like names. */
const FOREIGN: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "registry",
  "push",
  "rtdata",
  "event",
]);

/** Any letter case, a doubled prefix, an extension and a slash at the end all occur. */
const PATH = /^(?:\/*iclock)+\/+([a-z]+)(?:\.aspx|\.php)?(?:\/+(.*))?$/i;

/** A request is looked at by everybody on its way, and its route is always the same. */
const routes = /* @__PURE__ */ new WeakMap<PushRequest, Route>();

export const routeOf = (request: PushRequest): Route => {
  let route = routes.get(request);
  if (route === undefined) {
    route = readRoute(request);
    routes.set(request, route);
  }
  return route;
};

const readRoute = (request: PushRequest): Route => {
  const match = PATH.exec(request.path);
  const word = match?.[1]?.toLowerCase() ?? "";
  const parameters = new Map<string, string>();
  for (const piece of QUERY.split(request.query)) {
    const equals = piece.indexOf("=");
    if (equals < 0) continue;
    const key = QUERY.normalize(piece.slice(0, equals));
    if (!parameters.has(key)) parameters.set(key, unescapeQuery(piece.slice(equals + 1)));
  }
  return {
    endpoint: endpointOf(word, parameters),
    rest: match?.[2] ?? "",
    post: request.method.toUpperCase() === "POST",
    parameter: (key) => parameters.get(key.toLowerCase()),
  };
};

const endpointOf = (word: string, parameters: ReadonlyMap<string, string>): Endpoint => {
  if (FOREIGN.has(word)) return "foreign";
  const table = parameters.get("table")?.toLowerCase();
  if (table === "tabledata" || table === "rtlog" || table === "rtstate") return "foreign";
  // Answers to queries of that dialect, which names its tables otherwise.
  if (word === "querydata" && table === undefined) return "foreign";
  return ENDPOINTS.has(word) ? (word as Endpoint) : "unknown";
};
