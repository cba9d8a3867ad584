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

let lastSecond = Number.NaN;
let lastDate = "";

/** A date is written once a second, however many answers there are. */
const dateOf = (now: number): string => {
  const second = Math.floor(now / 1000);
  if (second !== lastSecond) {
    lastDate = new Date(now).toUTCString();
    lastSecond = second;
  }
  return lastDate;
};

const respond = (body: Uint8Array, now: number, type: string, status: number): PushResponse => ({
  status,
  headers: [
    ["Date", dateOf(now)],
    ["Content-Type", type],
    ["Content-Length", body.length.toString()],
    ["Cache-Control", "no-store"],
  ],
  body,
});
