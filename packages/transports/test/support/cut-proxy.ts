import { connect, createServer, type Socket } from "node:net";
import type { Delivery } from "../../src/conformance/index.js";
import { closeServer, listen } from "../../src/node/listen.js";

/**
 * A TCP relay that cuts the bytes anew on their way: byte by byte for a while and then in odd pieces,
 * or held for some milliseconds and sent together.
 */
export const startCutProxy = async (target: () => number, delivery: Delivery) => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: "127.0.0.1", port: target(), noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      pipeCut(from, to, delivery);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroySoon();
      });
    }
  });
  const port = await listen(server, {});
  return {
    port,
    /** Breaks every line. */
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
};

const pipeCut = (from: Socket, to: Socket, delivery: Delivery): void => {
  if (delivery === "merged") {
    let held: Buffer[] = [];
    const release = () => {
      to.write(Buffer.concat(held));
      held = [];
    };
    from.on("data", (bytes) => {
      if (held.push(bytes) === 1) setTimeout(release, 3);
    });
    return;
  }
  let turn = 0;
  from.on("data", (bytes) => {
    for (let offset = 0; offset < bytes.length; turn++) {
      const size = delivery === "whole" ? bytes.length : PIECES[turn % PIECES.length]!;
      if (!to.write(bytes.subarray(offset, offset + size))) {
        from.pause();
        to.once("drain", () => from.resume());
      }
      offset += size;
    }
  });
};

/** Lengths of pieces; one after the other, so that a header is cut at every place. */
const PIECES = [1, 1, 2, 1, 3, 1, 1, 5, 1, 250, 1, 1_000, 1];
