/** What a client asks for when it connects. The handshakes of `@org/transports` are such. */
export interface Handshake {
  readonly path: string;
  readonly query: { get(name: string): string | null };
  readonly authorization?: string | undefined;
  readonly origin?: string | undefined;
}

/** Which kind of session a connection is to be. */
export type SessionKind =
  | { readonly version: 1; readonly returnResult: boolean }
  | { readonly version: 2 };

/** 101 lets the client in; any other status turns it away. */
export type UpgradeDecision =
  | { readonly status: 101; readonly session: SessionKind }
  | {
      readonly status: 401 | 403 | 404 | 503;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface UpgradeOptions {
  /** Whether the Authorization header of a handshake is one that lets in; default: anybody is let in. */
  readonly authorize?: (authorization: string | undefined) => boolean;
  /** Pages that may connect, by origin; programs other than browsers send none. Default: any. */
  readonly origins?: readonly string[];
  /** No new sessions, while the running ones finish. */
  readonly closing?: boolean;
}

/** Where each version is. */
export const ENDPOINTS = { 1: "/ws1/validate", 2: "/ws2/validate" } as const;

/**
 * Decides on a handshake: version by path, the result by query. A path may end in a slash, and what
 * clients append to a query that is there already does no harm.
 */
export const decideUpgrade = (
  handshake: Handshake,
  options: UpgradeOptions = {},
): UpgradeDecision => {
  const path = handshake.path.replace(/\/$/, "");
  const session: SessionKind | undefined =
    path === ENDPOINTS[1]
      ? { version: 1, returnResult: /^true$/i.test(handshake.query.get("return_result") ?? "") }
      : path === ENDPOINTS[2]
        ? { version: 2 }
        : undefined;
  if (!session) return { status: 404 };
  if (options.closing) return { status: 503 };
  const { origin } = handshake;
  if (origin !== undefined && options.origins && !options.origins.includes(origin)) {
    return { status: 403 };
  }
  if (options.authorize && !options.authorize(handshake.authorization)) {
    return { status: 401, headers: { "www-authenticate": "Bearer" } };
  }
  return { status: 101, session };
};

/**
 * Whether an Authorization header carries this token, compared in time that does not depend on where
 * they differ. The scheme in any letter case (RFC 9110, 11.1).
 */
export const bearerToken =
  (token: string): ((authorization: string | undefined) => boolean) =>
  (authorization) => {
    const given = (authorization ?? "").replace(/^bearer +/i, "Bearer ");
    const expected = `Bearer ${token}`;
    let difference = given.length ^ expected.length;
    for (let i = 0; i < expected.length; i++) {
      difference |= expected.charCodeAt(i) ^ (given.charCodeAt(i % (given.length || 1)) || 0);
    }
    return difference === 0;
  };
