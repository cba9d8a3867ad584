/** Where later requests go, and what became of the callbackId. */
export interface ResolvedCallback {
  readonly baseUrl: string;
  /** `refused`: it names another machine, or is no URL of HTTP. */
  readonly callback: "followed" | "refused" | "absent";
}

const OPERATION_PATH = /\/(device|info|capture|rcapture|stream|match)?\/?$/;

/**
 * The base URL of a device.
 *
 * "The call back URL takes precedence over future request as a base URL": it is followed, but only to
 * 127.0.0.1. A service that answers on this machine has no reason to send captures anywhere else.
 */
export const resolveCallback = (callbackId: string | undefined, port: number): ResolvedCallback => {
  const own = `http://127.0.0.1:${port}`;
  if (callbackId === undefined || callbackId === "") {
    return { baseUrl: own, callback: "absent" };
  }
  let url: URL;
  try {
    url = new URL(callbackId);
  } catch {
    return { baseUrl: own, callback: "refused" };
  }
  const local =
    url.protocol === "http:" &&
    url.hostname === "127.0.0.1" &&
    url.username === "" &&
    url.password === "" &&
    url.search === "";
  return local
    ? { baseUrl: url.origin + url.pathname.replace(OPERATION_PATH, ""), callback: "followed" }
    : { baseUrl: own, callback: "refused" };
};
