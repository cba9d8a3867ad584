import type { Fault } from "../testing/faults.js";
import type { DeviceHandler } from "./handler.js";

/** A handler whose answers have the faults that are in the set when they go out. */
export const withWireFaults =
  (handler: DeviceHandler, faults: ReadonlySet<Fault>): DeviceHandler =>
  async (request) => {
    const response = await handler(request);
    if (response.status !== 200) {
      return response;
    }
    const stream = (response.headers.get("content-type") ?? "").startsWith("multipart/");
    const headers = new Headers(response.headers);
    if (faults.has("connection-closed")) {
      headers.set("connection", "Closed");
    }
    if (stream && faults.has("broken-boundary") && response.body !== null) {
      headers.set("content-type", "multipart/x-mixed-replace; boundary=--mds-frame");
      const trailer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
      return new Response(appended(response.body, trailer), { headers });
    }
    if (!stream && faults.has("character-length")) {
      // A letter of two bytes makes characters and bytes differ, as a localised message does.
      const text = (await response.text()).replace(/"Success"/g, '"Succ\u00e8s"');
      headers.set("content-length", String([...text].length));
      return new Response(`${text}\r\n\r\n`, { headers });
    }
    return new Response(response.body, { headers });
  };

const appended = (body: ReadableStream<Uint8Array>, trailer: string): ReadableStream<Uint8Array> =>
  body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      flush: (controller) => {
        controller.enqueue(new TextEncoder().encode(trailer));
      },
    }),
  );
