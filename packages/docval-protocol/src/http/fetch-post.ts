import type { Post } from "../delivery/deliver.js";

/** Posts with the platform's `fetch`. What the result server says beside its status is not read. */
export const fetchPost =
  (fetch: typeof globalThis.fetch = globalThis.fetch): Post =>
  async ({ url, method, headers, body, signal }) => {
    const response = await fetch(url, {
      method,
      headers,
      body: Uint8Array.from(body),
      signal: signal as globalThis.AbortSignal,
      redirect: "manual",
      cache: "no-store",
    });
    // The status is known: a line that breaks behind it is no reason to post again.
    await response.body?.cancel().catch(() => {});
    return response.status;
  };
