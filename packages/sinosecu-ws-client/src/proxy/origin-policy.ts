/** What a web page's request to open a WebSocket says of itself. */
export interface Handshake {
  readonly path: string;
  /** The `Origin` header; browsers always send one. */
  readonly origin: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
}

export interface OriginPolicy {
  /** Origins that may connect, such as `https://desk.example`; compared whole. */
  readonly allow: readonly string[];
  /** Names under which this proxy may be addressed. Default: those of this computer. */
  readonly hosts?: readonly string[];
  /** Default `/echo`. */
  readonly path?: string;
  /** Let programs in that send no Origin. They are no pages, and can reach the service by themselves. */
  readonly allowNoOrigin?: boolean;
}

export type HandshakeDecision =
  | { readonly accept: true }
  | {
      readonly accept: false;
      /** HTTP status to refuse with. */
      readonly status: 403 | 404 | 421;
      readonly reason: "PATH_UNKNOWN" | "HOST_REFUSED" | "ORIGIN_MISSING" | "ORIGIN_REFUSED";
    };

const LOCAL_HOSTS: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Decides on a handshake. The real service asks nobody for an Origin, so that every page that a person
 * visits can read the passport on the desk; a proxy in front of it, with the service's own port closed
 * to pages, can say no.
 *
 * Host is checked too: a page of a foreign name that resolves to this computer sends that name.
 */
export const decideHandshake = (
  { path, origin, host }: Handshake,
  policy: OriginPolicy,
): HandshakeDecision => {
  const wanted = policy.path ?? "/echo";
  const plainPath = path.split("?")[0]!;
  if (plainPath !== wanted && plainPath !== `${wanted}/`) return refuse(404, "PATH_UNKNOWN");
  const name = hostName(host);
  if (!(policy.hosts ?? LOCAL_HOSTS).some((allowed) => allowed.toLowerCase() === name)) {
    return refuse(421, "HOST_REFUSED");
  }
  if (origin === undefined) {
    return policy.allowNoOrigin ? { accept: true } : refuse(403, "ORIGIN_MISSING");
  }
  const normal = originOf(origin);
  return normal !== undefined && policy.allow.some((allowed) => originOf(allowed) === normal)
    ? { accept: true }
    : refuse(403, "ORIGIN_REFUSED");
};

const refuse = (
  status: 403 | 404 | 421,
  reason: (HandshakeDecision & { accept: false })["reason"],
): HandshakeDecision => ({ accept: false, status, reason });

const hostName = (host: string | undefined): string | undefined =>
  host === undefined ? undefined : /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(host)?.[1]?.toLowerCase();

/** Scheme, host and port without defaults; undefined for `null` and whatever else is no origin. */
const originOf = (text: string): string | undefined => {
  if (!/^https?:\/\/[^/?#@\s]+\/?$/i.test(text)) return undefined;
  try {
    return new URL(text).origin;
  } catch {
    return undefined;
  }
};
