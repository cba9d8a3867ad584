import { connect } from "node:net";
import type { HttpReply, Send } from "../client/transport.js";
import { MdsError } from "../errors.js";
import { unreachable } from "./http-send.js";

/** Longest head of an answer, in bytes. */
const MAX_HEAD = 65_536;

/**
 * Sends over a bare socket and reads until the other side closes, whatever it says of lengths: the cure for
 * services that count characters in Content-Length. Chunked answers are put together.
 */
export const rawSend: Send = ({ method, url, headers, body, signal }) =>
  new Promise<HttpReply>((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(url);
    const bytes = Buffer.from(body ?? "");
    const socket = connect({ host: hostname, port: Number(port || 80) });
    const stop = (): void => {
      socket.destroy(signal.reason as Error);
    };
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener("abort", stop, { once: true });
    socket.on("close", () => signal.removeEventListener("abort", stop));
    socket.on("error", (cause) => reject(signal.aborted ? signal.reason : unreachable(cause)));
    const lines = [
      `${method} ${pathname}${search} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${bytes.length}`,
      "Connection: close",
      "",
      "",
    ];
    if (lines.some((line) => /[\r\n]/.test(line))) {
      socket.destroy();
      reject(new MdsError("HTTP_STATUS", "expected header lines without line breaks"));
      return;
    }
    socket.write(Buffer.concat([Buffer.from(lines.join("\r\n")), bytes]));
    readHead(socket[Symbol.asyncIterator]()).then(resolve, (error) => {
      socket.destroy();
      reject(signal.aborted ? signal.reason : error);
    });
  });

const readHead = async (chunks: AsyncIterator<Buffer>): Promise<HttpReply> => {
  let buffer: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { done, value } = await chunks.next();
    if (done || buffer.length > MAX_HEAD) {
      throw new MdsError("HTTP_STATUS", "expected the head of an answer of HTTP");
    }
    buffer = Buffer.concat([buffer, value]);
    end = buffer.indexOf("\r\n\r\n");
  }
  const [status, ...lines] = buffer.subarray(0, end).toString("latin1").split("\r\n");
  const code = /^HTTP\/1\.[01] (\d{3})/.exec(status ?? "")?.[1];
  if (code === undefined) {
    throw new MdsError("HTTP_STATUS", "expected a status line of HTTP");
  }
  const found = new Map(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  const rest = remaining(buffer.subarray(end + 4), chunks);
  const chunked = found.get("transfer-encoding")?.toLowerCase() === "chunked";
  return {
    status: Number(code),
    header: (name) => found.get(name.toLowerCase()),
    body: chunked ? unchunked(rest) : rest,
  };
};

async function* remaining(
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
): AsyncGenerator<Uint8Array> {
  if (first.length > 0) {
    yield first;
  }
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    yield next.value;
  }
}

/** The content of chunks: a length in hexadecimal on a line, so many bytes, and a line break. */
async function* unchunked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let buffer: Buffer = Buffer.alloc(0);
  let left = 0;
  for await (const piece of pieces) {
    buffer = Buffer.concat([buffer, piece]);
    for (;;) {
      if (left > 0) {
        const part = buffer.subarray(0, left);
        left -= part.length;
        buffer = buffer.subarray(part.length);
        if (part.length > 0) {
          yield part;
        }
        if (left > 0) {
          break;
        }
      }
      const line = /^(?:\r\n)?([0-9a-fA-F]{1,8})[^\r\n]*\r\n/.exec(
        buffer.subarray(0, 128).toString("latin1"),
      );
      if (line === null) {
        break;
      }
      left = Number.parseInt(line[1]!, 16);
      if (left === 0) {
        return;
      }
      buffer = buffer.subarray(line[0].length);
    }
  }
}
