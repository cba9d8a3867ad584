import { decodeBase64, encodeBase64 } from "../base64.js";
import { fromUtf8, utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";

/** Operations that have a URL scheme; stream and registration capture have none. */
export type UrlOperation = "discovery" | "info" | "capture";

/** Scheme of discovery: fixed, since no app is known yet. SBI 1.0 renamed it. */
export const DISCOVERY_SCHEMES = ["MOSIPDISC", "SBIDISC"] as const;

/** A call of a device app by URL. MDS 0.8.4, section 5, "IOS". */
export interface UrlCall {
  readonly operation: UrlOperation;
  /** The device app's name, from callbackId; `undefined` for discovery. */
  readonly appName: string | undefined;
  /** Where the answer goes: scheme of the caller, perhaps with a path. */
  readonly callback: string;
  /** Name of the calling app. */
  readonly ext: string;
  /** Type of device, in the words of the version. */
  readonly type: string;
}

const SUFFIXES = { info: "INFO", capture: "CAPTURE" } as const;
const NAME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
/** Longest URL that is read: an answer to capture is base64 of JSON of base64. */
const MAX_URL_LENGTH = 16 * 1024 * 1024;

/**
 * `MOSIPDISC://<call-back>?ext=..&type=..`, `<APPID>INFO://..`, `<APPID>CAPTURE://..`.
 *
 * @throws MdsError `MOBILE_URL_INVALID`.
 */
export const writeUrlCall = (call: UrlCall): string => {
  const { operation, appName, callback, ext, type } = call;
  if (!NAME.test(callback.split("://")[0] ?? "")) {
    throw invalid("a call-back that is a URL of an app");
  }
  const query = `ext=${encodeURIComponent(ext)}&type=${encodeURIComponent(type)}`;
  if (operation === "discovery") {
    return `MOSIPDISC://${encodeURIComponent(callback)}?${query}`;
  }
  if (appName === undefined || !NAME.test(appName)) {
    throw invalid("the app name that discovery gave as callbackId");
  }
  return `${appName}${SUFFIXES[operation]}://${encodeURIComponent(callback)}?${query}`;
};

/** Reads a call; schemes are compared without regard to case, as systems do. @throws MdsError `MOBILE_URL_INVALID`. */
export const readUrlCall = (url: string): UrlCall => {
  const { scheme, rest, query } = split(url);
  const upper = scheme.toUpperCase();
  const common = {
    callback: decode(rest),
    ext: query.get("ext") ?? "",
    type: query.get("type") ?? "",
  };
  if ((DISCOVERY_SCHEMES as readonly string[]).includes(upper)) {
    return { operation: "discovery", appName: undefined, ...common };
  }
  for (const operation of ["capture", "info"] as const) {
    const suffix = SUFFIXES[operation];
    if (upper.endsWith(suffix) && upper.length > suffix.length) {
      return { operation, appName: scheme.slice(0, -suffix.length), ...common };
    }
  }
  throw invalid("a scheme of a device service");
};

/** The call-back with the answer: base64 of the JSON as the parameter `data`. */
export const writeUrlAnswer = (callback: string, json: string): string => {
  const base = callback.includes("://") ? callback : `${callback}://`;
  const joint = base.includes("?") ? "&" : "?";
  return `${base}${joint}data=${encodeURIComponent(encodeBase64(utf8(json)))}`;
};

/** The JSON in a call-back; base64 in either alphabet. @throws MdsError `MOBILE_URL_INVALID`. */
export const readUrlAnswer = (url: string): string => {
  const data = split(url).query.get("data");
  if (data === undefined) {
    throw invalid("the parameter data");
  }
  try {
    // A plus sign that nobody escaped was read as a blank.
    return fromUtf8(decodeBase64(data.replace(/ /g, "+")));
  } catch (cause) {
    throw invalid("base64 of JSON", cause);
  }
};

/** URLs of apps have names as hosts that are no hosts, so they are taken apart by hand. */
const split = (url: string) => {
  const match =
    url.length > MAX_URL_LENGTH
      ? null
      : /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^?#]*)(?:\?([^#]*))?$/.exec(url);
  if (match === null) {
    throw invalid("a URL with a scheme");
  }
  const query = new Map<string, string>();
  for (const pair of (match[3] ?? "").split("&")) {
    const at = pair.indexOf("=");
    if (at > 0 && !query.has(pair.slice(0, at))) {
      query.set(pair.slice(0, at), decode(pair.slice(at + 1)));
    }
  }
  return { scheme: match[1]!, rest: match[2]!, query };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw invalid("percent signs that mean bytes of UTF-8", cause);
  }
};

const invalid = (expected: string, cause?: unknown): MdsError =>
  new MdsError("MOBILE_URL_INVALID", `expected ${expected}`, cause === undefined ? {} : { cause });
