import type { DeviceServer } from "../testing/device-server.js";
import { MAX_BODY_BYTES, readBody } from "./body.js";

const answer = (status: number, body: string | null, headers: Record<string, string> = {}) =>
  new Response(body, {
    status,
    headers: {
      ...headers,
      "cache-control": "no-store",
      ...(body === null ? { "content-length": "0" } : { "content-type": "application/json" }),
    },
  });

/**
 * A device server as a fetch-style handler: POST at the paths of its versions, and `GET /devices` for the
 * list of what is registered. No page may ask it.
 */
export const createDeviceServerHandler =
  (
    server: DeviceServer,
    maxBodyBytes = MAX_BODY_BYTES,
  ): ((request: Request) => Promise<Response>) =>
  async (request) => {
    if (request.headers.has("origin")) {
      return answer(403, null);
    }
    const { pathname } = new URL(request.url);
    if (pathname === "/devices") {
      return request.method === "GET"
        ? answer(200, JSON.stringify(server.devices()))
        : answer(405, null, { allow: "GET" });
    }
    if (request.method !== "POST") {
      return answer(405, null, { allow: "POST" });
    }
    const body = await readBody(request, maxBodyBytes);
    if ("tooLarge" in body) {
      return answer(413, null, { connection: "close" });
    }
    const said = await server.post(pathname, body.text);
    return said === undefined ? answer(404, null) : answer(200, said);
  };
