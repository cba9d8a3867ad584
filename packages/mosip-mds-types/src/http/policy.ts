/** Who may talk to a device service. */
export interface AccessPolicy {
  /** Origins of pages that may, such as `https://registration.example`. No page may unless it is named. */
  readonly allowOrigins?: readonly string[];
  /** Asks the person at the device for consent to an origin that is not named; the draft wants this. */
  readonly consent?: (origin: string) => Promise<boolean>;
  /** Further names in the Host header; 127.0.0.1 always is one. */
  readonly allowHosts?: readonly string[];
}

/**
 * Whether the Host header names this machine by its address. A name that an attacker points at 127.0.0.1
 * (DNS rebinding) does not. The documents write `127.0.0.1: <apps port>`: any port, and a blank before it.
 */
export const isOwnHost = (request: Request, policy: AccessPolicy): boolean => {
  const header = request.headers.get("host") ?? new URL(request.url).host;
  const name = header
    .replace(/\s*:\s*\d*\s*$/, "")
    .trim()
    .toLowerCase();
  return ["127.0.0.1", ...(policy.allowHosts ?? [])].includes(name);
};

/** Origin of a page, nothing for a program, or a refusal. */
export type Caller =
  | { readonly allowed: true; readonly origin: string | undefined }
  | { readonly allowed: false };

/**
 * Judges where a request comes from, before anything is done for it.
 *
 * A plain POST needs no preflight, so the answer to OPTIONS protects nothing: the Origin header of the
 * request itself does. A browser that sends no Origin says with Sec-Fetch-Site that it is one.
 */
export const judgeCaller = async (request: Request, policy: AccessPolicy): Promise<Caller> => {
  const origin = request.headers.get("origin");
  if (origin === null) {
    const site = request.headers.get("sec-fetch-site");
    return site === null || site === "none"
      ? { allowed: true, origin: undefined }
      : { allowed: false };
  }
  const named = policy.allowOrigins?.includes(origin) ?? false;
  const allowed =
    named || (origin !== "null" && ((await policy.consent?.(origin).catch(() => false)) ?? false));
  return allowed ? { allowed, origin } : { allowed: false };
};

/** Root domain of an origin: the last two labels of its name, or its address. SBI draft 1, requestOrigin. */
export const rootDomain = (origin: string): string => {
  const { hostname } = new URL(origin);
  const numeric = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  return numeric ? hostname : hostname.split(".").slice(-2).join(".");
};

/** Seconds that a preflight may be remembered: the draft's text says five, though its example shows 5000. */
const MAX_AGE_SECONDS = 5;

/** What tells a browser that a page may read the answer. */
export const corsHeaders = (origin: string | undefined): Readonly<Record<string, string>> =>
  origin === undefined
    ? { vary: "Origin" }
    : { "access-control-allow-origin": origin, vary: "Origin" };

/** Answer to OPTIONS: methods of the version, and the headers that clients send. */
export const preflightHeaders = (
  request: Request,
  methods: readonly string[],
): Readonly<Record<string, string>> => ({
  "access-control-allow-methods": [...methods, "OPTIONS"].join(", "),
  "access-control-allow-headers": "EXT, Content-Type, Cache-Control",
  "access-control-max-age": String(MAX_AGE_SECONDS),
  // Browsers of the time before the permission prompt ask for this one.
  ...(request.headers.get("access-control-request-private-network") === "true"
    ? { "access-control-allow-private-network": "true" }
    : {}),
});
