import { bytesOf, type Wire, wireOf } from "./bytes.js";
import { type CodecOptions, type Context, contextOf } from "./context.js";
import { ZkPushError } from "./errors.js";
import { type Fields, required as field, type ValuesOf } from "./fields.js";
import type { Header, PushRequest } from "./http.js";
import { keyValues } from "./key-values.js";
import { type Definition, keysOf } from "./keyed-message.js";
import { text } from "./kind.js";
import type { ProtocolVersion } from "./protocol-version.js";
import { QUERY, queried } from "./query.js";
import { isUpload, type Route, routeOf } from "./route.js";
import { checkVersion } from "./version.js";

/** Codec of one request of a terminal. */
export interface RequestCodec<T> {
  readonly name: string;
  readonly section: string;
  readonly since: ProtocolVersion;
  /** Keys of the query, and what the body is. */
  readonly schema: readonly string[];
  /** Whether a request is this one; the first that says so reads it. */
  matches(route: Route): boolean;
  encode(message: T, options?: CodecOptions): PushRequest;
  decode(request: PushRequest, options?: CodecOptions): T;
}

/** The value type of a request codec. */
export type MessageOf<C> = C extends RequestCodec<infer T> ? T : never;

/** How the request line was written, where writing the message afresh gives another one. */
export interface RequestForm {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

/** How a body is read and written; the parts become properties of the message. */
export interface BodyCodec<B> {
  decode(body: Uint8Array, context: Context): B;
  encode(message: B, context: Context): Uint8Array;
}

/** A request without a body: what comes all the same is ignored. */
export const NO_BODY: BodyCodec<object> = {
  decode: () => ({}),
  encode: () => new Uint8Array(),
};

/** A body of text. */
export const textBody = /* @__NO_SIDE_EFFECTS__ */ <B>(codec: {
  decode(body: Wire, context: Context): B;
  encode(message: B, context: Context): Wire;
}): BodyCodec<B> => ({
  decode: (body, context) => codec.decode(wireOf(body), context),
  encode: (message, context) => bytesOf(codec.encode(message, context)),
});

interface RequestDefinition<N, Q extends Fields, B> extends Definition {
  /** Value of the property `request`, which tells the messages apart. */
  readonly request: N;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Pairs that make the request this one, written after SN. */
  readonly fixed?: readonly (readonly [key: string, value: string])[];
  readonly query: Q;
  readonly body: BodyCodec<B>;
  matches(route: Route): boolean;
}

type Message<N, Q extends Fields, B> = { readonly request: N; readonly sn: string } & Omit<
  ValuesOf<Q>,
  "form"
> &
  B & { readonly requestForm?: RequestForm };

/** Codec of `METHOD path?SN=…&fixed=…&key=value` and a body. */
export const requestCodec = /* @__NO_SIDE_EFFECTS__ */ <
  const N extends string,
  const Q extends Fields,
  B extends object,
>(
  definition: RequestDefinition<N, Q, B>,
): RequestCodec<Message<N, Q, B>> => {
  const { request: name, method, path, fixed = [], body } = definition;
  const since = definition.since ?? "2.2.14";
  const sn = keyValues(QUERY, { sn: field("SN", queried(text)) });
  const rest = keyValues(QUERY, definition.query);
  const isFixed = (piece: Wire): boolean => {
    const key = QUERY.normalize(piece.split("=", 1)[0]!);
    return key === "sn" || fixed.some(([wanted]) => wanted.toLowerCase() === key);
  };
  const writeQuery = (message: Message<N, Q, B>, context: Context): string => {
    const head = [
      sn.encode({ sn: message.sn }, context, name),
      ...fixed.map(([key, value]) => `${key}=${value}`),
    ];
    const { requestForm: _form, ...values } = message;
    const tail = rest.encode(values as unknown as ValuesOf<Q>, context, name);
    return [...head, ...(tail === "" ? [] : [tail])].join("&");
  };
  const readQuery = (query: string, context: Context) => {
    const pieces = QUERY.split(query);
    const own = pieces.filter((piece) => /^\s*sn\s*=/i.test(piece)).slice(0, 1);
    const others = pieces.filter((piece) => !isFixed(piece)).join("&");
    const { form: _form, ...values } = rest.decode(others, context, name);
    return { sn: sn.decode(own.join("&"), context, name).sn, ...values };
  };
  const canonical = canonicalQuery(fixed, definition.query);
  const decode = (request: PushRequest, options: CodecOptions = {}): Message<N, Q, B> => {
    const context = contextOf(options);
    checkVersion(context, { since });
    if (request.method === method && request.path === path) {
      const query = canonical(request.query, context);
      if (query !== undefined) {
        return { request: name, ...query, ...body.decode(request.body, context) } as Message<
          N,
          Q,
          B
        >;
      }
    }
    const query = required(() => readQuery(request.query, context));
    const message = {
      request: name,
      ...query,
      ...body.decode(request.body, context),
    } as unknown as Message<N, Q, B>;
    const written = writeQuery(message, context);
    if (request.method === method && request.path === path && request.query === written) {
      return message;
    }
    context.report({ code: "REQUEST_OUT_OF_FORM" });
    const { method: m, path: p, query: q } = request;
    return { ...message, requestForm: { method: m, path: p, query: q } };
  };
  const encode = (message: Message<N, Q, B>, options: CodecOptions = {}): PushRequest => {
    const context = contextOf(options);
    const query = writeQuery(message, context);
    const bytes = body.encode(message, context);
    const line = lineOf(message, query, context);
    return { ...line, headers: headersOf(bytes), body: bytes };
  };
  const lineOf = (message: Message<N, Q, B>, query: string, context: Context): RequestForm => {
    const form = message.requestForm;
    if (form === undefined) return { method, path, query };
    const meant = readQuery(form.query, { ...context, report: () => {} });
    const again = writeQuery({ request: name, ...meant } as unknown as Message<N, Q, B>, context);
    return again === query ? form : { method: form.method, path: form.path, query };
  };
  return {
    name,
    section: definition.section,
    since,
    schema: [
      "SN",
      ...fixed.map(([key]) => key),
      ...keysOf(definition.query),
      ...(definition.schema ?? []),
    ],
    matches: definition.matches,
    encode,
    decode,
  };
};

/** Values that stand in a query as they are. */
const UNESCAPED = /^[A-Za-z0-9\-._,:;/]+$/;

/**
 * Reads a query that is written as the codec writes it, which nearly all are: keys in their order,
 * nothing escaped. `undefined` for any other, which goes the slow way.
 */
const canonicalQuery = (fixed: readonly (readonly [string, string])[], query: Fields) => {
  const start = fixed.map(([key, value]) => `&${key}=${value}`).join("");
  const fields = Object.entries(query);
  return (text: string, context: Context): Record<string, unknown> | undefined => {
    if (!text.startsWith("SN=")) return undefined;
    const sn = valueAt(text, 3);
    let at = 3 + sn.length;
    if (!UNESCAPED.test(sn) || !text.startsWith(start, at)) return undefined;
    at += start.length;
    const values: Record<string, unknown> = { sn };
    for (const [name, field] of fields) {
      if (!text.startsWith(`&${field.key}=`, at)) {
        if (field.required) return undefined;
        continue;
      }
      at += field.key.length + 2;
      const raw = valueAt(text, at);
      if (!UNESCAPED.test(raw)) return undefined;
      const value = field.kind.decode(raw, context, field.key);
      if (value === undefined || field.kind.encode(value, context, name) !== raw) return undefined;
      values[name] = value;
      at += raw.length;
    }
    return at === text.length ? values : undefined;
  };
};

const valueAt = (text: string, at: number): string => {
  const end = text.indexOf("&", at);
  return text.slice(at, end < 0 ? text.length : end);
};

/** A query without what its request needs is a broken request, not a broken record. */
const required = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ZkPushError)) throw error;
    const { message, path } = error;
    throw new ZkPushError("REQUEST_MALFORMED", message, {
      cause: error,
      ...(path === undefined ? {} : { path }),
    });
  }
};

/** What a terminal always sends; who owns the socket adds Host and Connection. */
const headersOf = (body: Uint8Array): readonly Header[] => [
  ["User-Agent", "iClock Proxy/1.09"],
  ["Accept", "*/*"],
  ...(body.length > 0 ? ([["Content-Length", body.length.toString()]] as const) : []),
];

/** Whether a request brings one of these tables. */
export const isTable = (route: Route, ...tables: readonly string[]): boolean => {
  if (!isUpload(route)) return false;
  const table = route.parameter("table")?.toLowerCase();
  return table !== undefined && tables.some((name) => name.toLowerCase() === table);
};

/**
 * The serial number of a request.
 *
 * @throws ZkPushError `SERIAL_NUMBER_INVALID` where there is none.
 */
export const serialNumberOf = (request: PushRequest): string => {
  const sn = routeOf(request).parameter("sn")?.trim();
  if (sn === undefined || sn === "") {
    throw new ZkPushError("SERIAL_NUMBER_INVALID", "expected SN in the query, found none");
  }
  return sn;
};
