import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** On everything that a browser shows. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // With no referrer at all browsers hide the Origin of forms, too.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const COOKIE = "desk";

/** What stands between the page and the rest of the world. */
export interface Guard {
  /** Every request: the Host is ours, a form is of our page, and nobody embeds what we show. */
  readonly check: MiddlewareHandler;
  /** The token of this browser's forms; makes the cookie that it belongs to. */
  token(context: Context): string;
  /** Whether a form carries it. */
  holds(context: Context, token: unknown): boolean;
}

/** @param url of the desk, without a path. */
export const createGuard = (url: string): Guard => {
  const { port } = new URL(url);
  const hosts = new Set([new URL(url).host, `localhost:${port}`, `127.0.0.1:${port}`]);
  const key = randomBytes(32);
  const tokenOf = (id: string): string => createHmac("sha256", key).update(id).digest("base64url");

  const check: MiddlewareHandler = async (context, next) => {
    const host = context.req.header("host") ?? "";
    // Another name that leads to this address is a page of somebody else's (DNS rebinding).
    if (!hosts.has(host)) return refuse(context, 421);
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    if (origin !== undefined && origin !== `http://${host}`) return refuse(context, 403);
    if (context.req.method !== "GET" && context.req.method !== "HEAD") {
      if (origin === undefined || (site !== undefined && site !== "same-origin")) {
        return refuse(context, 403);
      }
    } else if (site === "cross-site" && context.req.header("sec-fetch-mode") !== "navigate") {
      return refuse(context, 403);
    }
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) context.header(name, value);
    return undefined;
  };

  return {
    check,
    token(context) {
      let id = getCookie(context, COOKIE);
      if (id === undefined || !/^[\w-]{32}$/.test(id)) {
        id = randomBytes(24).toString("base64url");
        setCookie(context, COOKIE, id, { httpOnly: true, sameSite: "Strict", path: "/" });
      }
      return tokenOf(id);
    },
    holds(context, token) {
      const id = getCookie(context, COOKIE);
      if (id === undefined || typeof token !== "string") return false;
      const [given, right] = [Buffer.from(token), Buffer.from(tokenOf(id))];
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
};

const refuse = (context: Context, status: 403 | 421): Response =>
  context.text(status === 403 ? "FORBIDDEN\n" : "MISDIRECTED\n", status, PAGE_HEADERS);
