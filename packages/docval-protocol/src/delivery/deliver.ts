import type { Clock } from "../channel.js";
import { DocvalError } from "../errors.js";

/** A request to a result server. */
export interface PostRequest {
  readonly url: string;
  readonly method: "POST";
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Makes a request, and resolves with the status as soon as it is known. Follows no redirect. */
export type Post = (request: PostRequest & { readonly signal: AbortSignal }) => Promise<number>;

/** Adds headers that sign a request. */
export type SignRequest = (request: PostRequest) => Promise<Readonly<Record<string, string>>>;

export interface DeliverOptions {
  readonly post: Post;
  readonly clock: Clock;
  /** Each attempt is signed anew: a repeated nonce would be refused. */
  readonly sign?: SignRequest;
  /** Milliseconds for one attempt; default 3,000. */
  readonly timeoutMs?: number;
  /** Milliseconds before each further attempt, so also how many there are; default three. */
  readonly pausesMs?: readonly number[];
  /** Told of each attempt as it ends. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** What came of one attempt: the status, or why there was none. */
export interface Attempt {
  readonly outcome: number | "timeout" | "network";
  readonly ms: number;
}

export interface DeliveryReport {
  readonly delivered: boolean;
  readonly attempts: readonly Attempt[];
}

const TIMEOUT_MS = 3_000;
const PAUSES_MS = [250, 500, 1_000] as const;

/**
 * Posts a result. Tried again where the network or the clock failed, and on 408, 429 and 5xx; not on
 * another refusal. DocVal WebSocket API v2, "General Concept", 7.
 *
 * @throws DocvalError `OPTION_INVALID` where the URL is none of http or https.
 */
export const deliverResult = async (
  url: string,
  body: Uint8Array,
  options: DeliverOptions,
): Promise<DeliveryReport> => {
  const { clock, timeoutMs = TIMEOUT_MS, pausesMs = PAUSES_MS } = options;
  const headers = { "content-type": "application/json" };
  const request: PostRequest = { url: targetOf(url), method: "POST", headers, body };
  const attempts: Attempt[] = [];
  for (const pause of [0, ...pausesMs]) {
    if (attempts.length > 0) await wait(pause, clock);
    const signed = options.sign ? await options.sign(request) : {};
    const started = clock.now();
    const outcome = await attempt(
      { ...request, headers: { ...headers, ...signed } },
      options.post,
      timeoutMs,
      clock,
    );
    const entry = { outcome, ms: clock.now() - started };
    attempts.push(entry);
    options.onAttempt?.(entry);
    if (isTaken(outcome)) return { delivered: true, attempts };
    if (!isWorthAnother(outcome)) break;
  }
  return { delivered: false, attempts };
};

/**
 * The URL as it is asked for, which is what a signature is over: an empty path is `/` (RFC 9110, 4.2.3),
 * and no fragment is sent. What names a person and a password is no URL that a platform asks for.
 */
const targetOf = (text: string): string => {
  if (/^https?:\/\/[^\s]+$/.test(text) && URL.canParse(text)) {
    const url = new URL(text);
    url.hash = "";
    if (url.username === "" && url.password === "") return url.href;
  }
  throw new DocvalError("OPTION_INVALID", "expected an http: or https: URL of a result server");
};

const isTaken = (outcome: Attempt["outcome"]): boolean =>
  typeof outcome === "number" && outcome >= 200 && outcome < 300;

const isWorthAnother = (outcome: Attempt["outcome"]): boolean =>
  typeof outcome !== "number" || outcome === 408 || outcome === 429 || outcome >= 500;

const wait = (ms: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(ms, resolve);
  });

/** One attempt; its time is up even where the request does not heed its signal. */
const attempt = (
  request: PostRequest,
  post: Post,
  timeoutMs: number,
  clock: Clock,
): Promise<Attempt["outcome"]> =>
  new Promise((resolve) => {
    const controller = new AbortController();
    const cancel = clock.schedule(timeoutMs, () => {
      resolve("timeout");
      controller.abort();
    });
    const settle = (outcome: Attempt["outcome"]) => {
      cancel();
      resolve(outcome);
    };
    post({ ...request, signal: controller.signal }).then(settle, () => settle("network"));
  });
