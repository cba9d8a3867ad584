import http from "node:http";
import https from "node:https";
import { connect } from "node:net";
import type { Header, PushRequest, PushResponse } from "@org/zk-push-codec";

/** Largest answer that a terminal takes; a file of an upgrade is the largest there is. */
const MAX_ANSWER = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/**
 * Sends one request on a connection of its own, as terminals do.
 *
 * @param cutAt bytes of the body after which the connection is broken.
 * @returns `undefined` when no whole answer came.
 */
export const send = (
  server: URL,
  request: PushRequest,
  cutAt: number | undefined,
  signal: AbortSignal,
): Promise<PushResponse | undefined> =>
  new Promise((resolve) => {
    const { request: open } = server.protocol === "https:" ? https : http;
    const outgoing = open(new URL(targetOf(request), server), {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      agent: false,
      timeout: TIMEOUT_MS,
      signal,
    });
    outgoing.on("error", () => resolve(undefined));
    outgoing.on("close", () => resolve(undefined));
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("response", (incoming) => {
      const parts: Buffer[] = [];
      let length = 0;
      incoming.on("data", (part: Buffer) => {
        length += part.length;
        if (length > MAX_ANSWER) outgoing.destroy();
        else parts.push(part);
      });
      incoming.on("error", () => resolve(undefined));
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: headersOf(incoming.rawHeaders),
          body: Buffer.concat(parts),
        }),
      );
    });
    if (cutAt === undefined) outgoing.end(request.body);
    else outgoing.write(request.body.subarray(0, cutAt), () => outgoing.destroy());
  });

const targetOf = ({ path, query }: PushRequest): string =>
  query === "" ? path : `${path}?${query}`;

const headersOf = (raw: readonly string[]): readonly Header[] => {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i]!, raw[i + 1]!]);
  return headers;
};

/**
 * Makes sure that somebody listens at a server.
 *
 * @throws the system's error, `ECONNREFUSED` for one.
 */
export const knock = (server: URL): Promise<void> =>
  new Promise((resolve, reject) => {
    const port = Number(server.port) || (server.protocol === "https:" ? 443 : 80);
    const host = server.hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port, timeout: 5_000 });
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("timeout", () => {
      socket.destroy();
      reject(
        Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT", address: host, port }),
      );
    });
    socket.once("error", reject);
  });
