import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * A bare socket and its echo: what carrying a frame there and back costs where nobody looks at it. The
 * frames are as long as those of the contest, headers included.
 */
export const openEcho = async (request: number, response: number) => {
  const answer = Buffer.alloc(response);
  const server = createServer({ noDelay: true }, (socket) => {
    let received = 0;
    socket.on("data", (bytes) => {
      received += bytes.length;
      if (received < request) return;
      received -= request;
      socket.write(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  const bytes = Buffer.alloc(request);
  let received = 0;
  let resolveAnswer = () => {};
  socket.on("data", (chunk) => {
    received += chunk.length;
    if (received < response) return;
    received -= response;
    resolveAnswer();
  });
  return () =>
    new Promise<void>((resolve) => {
      resolveAnswer = resolve;
      socket.write(bytes);
    });
};
