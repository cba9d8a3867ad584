import { serverCases } from "@org/docval-protocol/conformance";
import { createEmrtdClientChip, readChipLengths } from "@org/docval-protocol/emrtd";
import { nodeCrypto } from "@org/emrtd-core/node";
import { HOLDER_PASSWORD } from "@org/emrtd-core/testing";
import { systemClock } from "@org/transports";
import { openWebSocket } from "@org/transports/node/websocket";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { randomBytes as random } from "../src/random.js";
import { chipOf, type Rig, startRig } from "./rig.js";

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const address = (version: 1 | 2): string =>
  `${rig.url.replace("http", "ws")}/ws${version}/validate${version === 1 ? "?return_result=true" : ""}`;

/** What any server must do, done by this one over real sockets. */
const cases = serverCases({
  open: (version) => openWebSocket(address(version)),
  clientId: "desk",
  clock: systemClock,
  random,
  document: () => ({
    transceive: chipOf("ca-aes").transceive,
    accessKey: {
      document_number: HOLDER_PASSWORD.documentNumber,
      date_of_birth: HOLDER_PASSWORD.dateOfBirth,
      date_of_expiry: HOLDER_PASSWORD.dateOfExpiry,
    },
    chip: createEmrtdClientChip({ access: HOLDER_PASSWORD, random, crypto: nodeCrypto }),
    readLengths: readChipLengths({ random, crypto: nodeCrypto }),
  }),
});
test.each(cases)("$name", ({ run }) => run());

test("compression that a client offers is not taken: one of them cannot undo it", async () => {
  const socket = new WebSocket(address(2), { perMessageDeflate: true });
  await new Promise((resolve) => socket.once("open", resolve));
  expect(socket.extensions).toBe("");
  socket.terminate();
});
