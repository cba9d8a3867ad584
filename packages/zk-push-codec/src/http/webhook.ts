import { attendanceDocument } from "../server/attendance-document.js";
import type { Deliver } from "../server/publish.js";

/** Where events go. */
export interface WebhookOptions {
  readonly url: string;
  /** Known to both sides; signs every body. */
  readonly secret: string;
  /** Milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Default the platform's. */
  readonly fetch?: typeof fetch;
}

/** Header of the signature: `t=` seconds since 1970, `v1=` HMAC-SHA-256 of `t.body` in hexadecimal. */
export const SIGNATURE_HEADER = "X-Zk-Signature";

const TIMEOUT_MS = 10_000;

/**
 * Delivers events to a web address as JSON `{id, attendance: […]}`, punches as in lists. Any status but 2xx is a
 * failure; no redirect is followed, since the secret belongs to one address.
 */
export const createWebhook = (options: WebhookOptions): Deliver => {
  const { url, secret, timeoutMs = TIMEOUT_MS, now = Date.now } = options;
  const send = options.fetch ?? fetch;
  return async ({ id, attendance }) => {
    const body = JSON.stringify({ id, attendance: attendance.map(attendanceDocument) });
    const signature = await signWebhook(body, secret, Math.floor(now() / 1_000));
    const response = await send(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", [SIGNATURE_HEADER]: signature },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok)
      throw new Error(`expected status 2xx of the webhook, found ${response.status}`);
  };
};

/** The value of {@link SIGNATURE_HEADER}. */
export const signWebhook = async (body: string, secret: string, seconds: number): Promise<string> =>
  `t=${seconds},v1=${await hmac(secret, `${seconds}.${body}`)}`;

/**
 * The receiver's side: whether a body was signed with the secret, and not long ago.
 *
 * @param toleranceS how old a signature may be: an old one is a body sent again by somebody else.
 */
export const verifyWebhook = async (
  body: string,
  header: string | null,
  secret: string,
  now: number,
  toleranceS = 300,
): Promise<boolean> => {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "");
  if (match === null) return false;
  const [, seconds, given] = match as unknown as [string, string, string];
  if (Math.abs(now / 1_000 - Number(seconds)) > toleranceS) return false;
  const wanted = await hmac(secret, `${seconds}.${body}`);
  let difference = 0;
  for (let i = 0; i < wanted.length; i++) difference |= wanted.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0;
};

const hmac = async (secret: string, text: string): Promise<string> => {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
