import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type EmrtdPassport, type ServerChip, v1 } from "@org/docval-protocol";
import { createServerSession, decideUpgrade, serveSession } from "@org/docval-protocol/server";
import { systemClock as clock } from "@org/transports";
import { acceptWebSockets } from "@org/transports/node/websocket";
import { WebSocketServer } from "ws";
import { COMMAND, EXCHANGES } from "./canned.js";

/** A server in a process of its own: sockets alone, or sessions; tells its port, and its CPU time when asked. */
const mode = process.argv[2];
const server = createServer();

/** What stands behind the last command. */
const TEXTS = [
  v1.Status.encode({ status: "PASSIVE_AUTHENTICATION" }),
  v1.Status.encode({ status: "DONE" }),
  v1.Close.encode({ close_code: 1000, close_reason: "" }),
];

const echo = (): void => {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket) => {
    let left = EXCHANGES;
    socket.on("message", () => {
      if (left-- > 0) return socket.send(COMMAND);
      for (const text of TEXTS) socket.send(text);
      socket.close(1000);
    });
  });
};

const PASSPORT: EmrtdPassport = {
  sodInfo: null,
  mrzInfo: null,
  facePhoto: null,
  signaturePhotos: [],
  additionalPersonalDetails: null,
  additionalDocumentDetails: null,
  passiveAuthentication: true,
  passiveAuthenticationDetails: null,
  chipAuthenticationResult: "UNAVAILABLE",
  activeAuthenticationResult: "UNAVAILABLE",
  errors: [],
};

/** A chip's side that asks, and does not look at the answers. */
const chip: ServerChip = {
  *readDocument() {
    for (let sent = 0; sent < EXCHANGES; sent++) yield { type: "command", apdu: COMMAND };
    return { outcome: "read", files: new Map(), proofs: [] };
  },
  authenticateChip() {
    throw new Error("expected version 1");
  },
  judge: () => PASSPORT,
};

const relay = (): void => {
  const options = { chip, client: () => ({}), random: (length: number) => new Uint8Array(length) };
  acceptWebSockets(server, {
    decide: (handshake) => decideUpgrade(handshake),
    onChannel(channel, handshake) {
      const decision = decideUpgrade(handshake);
      if (decision.status !== 101) return;
      const session = createServerSession(decision.session, options, clock.now());
      void serveSession(channel, session, { clock, deliver: async () => true });
    },
  });
};

if (mode === "echo") echo();
else relay();
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
process.on("disconnect", () => process.exit());
