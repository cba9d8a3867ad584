import type { PushResponse } from "../http.js";

/** What every answer to a terminal is made of. */
export interface ResponseOptions {
  /** The server's time, milliseconds since 1970: terminals set their clock by it. */
  readonly now: number;
}

/**
 * An answer to a terminal. It sets its clock only when there is a `Date` and the type is
 * `text/plain`, and believes a command reply received only with that type.
 */
export const textResponse = (
  body: Uint8Array,
  { now }: ResponseOptions,
  status = 200,
): PushResponse => respond(body, now, "text/plain", status);

/** An answer that is a file. */
export const fileResponse = (body: Uint8Array, { now }: ResponseOptions): PushResponse =>
  respond(body, now, "application/octet-stream", 200);

const respond = (body: Uint8Array, now: number, type: string, status: number): PushResponse => ({
  status,
  headers: [
    ["Date", new Date(now).toUTCString()],
    ["Content-Type", type],
    ["Content-Length", body.length.toString()],
    ["Cache-Control", "no-store"],
  ],
  body,
});
