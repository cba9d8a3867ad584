import { encodeBase64 } from "../../base64.js";
import { bytesOf } from "../../bytes.js";
import { headerOf, type PushRequest, type PushResponse } from "../../http.js";
import { fileResponse } from "../../responses/response.js";
import { routeOf } from "../../route.js";
import { type Handled, refused } from "./context.js";
import type { ServedFile, ServerEngineOptions } from "./options.js";

/** A token: long enough not to be guessed, and nothing that a path is made of. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * A file for a terminal: PutFile and comparison photos below `/iclock/file/`, UPGRADE by the address
 * in `url=`. Either way only a token in it counts, one that this server gave out; an address that a
 * terminal names is never fetched.
 */
export const handleFile = async (
  options: ServerEngineOptions,
  request: PushRequest,
  now: number,
): Promise<Handled> => {
  const route = routeOf(request);
  const address = route.rest !== "" ? route.rest : (route.parameter("url") ?? "");
  const token = address.split(/[/?#]/).find((part) => TOKEN.test(part));
  const file =
    token === undefined ? undefined : await options.file?.(token, route.parameter("sn"), now);
  return {
    response: file === undefined ? refused(now, "NO SUCH FILE", 404) : serve(file, request, now),
    events: [],
  };
};

const serve = (file: ServedFile, request: PushRequest, now: number): PushResponse => {
  const whole = file.base64 ? bytesOf(encodeBase64(file.content)) : file.content;
  const range = rangeOf(headerOf(request, "range"), whole.length);
  if (range === undefined) {
    const { status, headers, body } = fileResponse(whole, { now });
    return { status, headers: [...headers, ["Accept-Ranges", "bytes"]], body };
  }
  const [start, end] = range;
  if (start >= whole.length || end < start) {
    const response = refused(now, "NO SUCH RANGE", 416);
    return {
      ...response,
      headers: [...response.headers, ["Content-Range", `bytes */${whole.length}`]],
    };
  }
  const response = fileResponse(whole.subarray(start, end + 1), { now });
  return {
    status: 206,
    headers: [...response.headers, ["Content-Range", `bytes ${start}-${end}/${whole.length}`]],
    body: response.body,
  };
};

/** First and last byte of a single range; `undefined`: the whole file (RFC 9110, 14.2). */
const rangeOf = (text: string | undefined, length: number): [number, number] | undefined => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text?.replace(/\s/g, "") ?? "");
  if (match === null) return undefined;
  const [, first, last] = match as unknown as [string, string, string];
  if (first === "" && last === "") return undefined;
  if (first === "") return [Math.max(0, length - Number(last)), length - 1];
  return [Number(first), last === "" ? length - 1 : Math.min(Number(last), length - 1)];
};
