import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  createRequestSigner,
  createRequestVerifier,
  importSigningKey,
  importVerificationKey,
  webSha256,
} from "@org/docval-protocol/server";
import { createTrustStore, type RandomBytes } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { createVirtualChip, personalise, simulatorAnchors } from "@org/emrtd-core/testing";
import { verifyByServer } from "@org/example-docval-client";
import { type ReceivedResult, startResultServer } from "@org/example-docval-results";
import { startDocvalServer } from "@org/example-docval-server";
import type { Step } from "./step.js";

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

/** The two halves of what a server signs its results with. */
const signature = async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const now = () => new Date();
  const key = await importSigningKey(privateKey.export({ format: "der", type: "pkcs8" }), {
    keyId: "demo",
  });
  const known = await importVerificationKey(publicKey.export({ format: "der", type: "spki" }), {
    keyId: "demo",
  });
  return {
    sign: createRequestSigner({ key, sha256: webSha256, random, now }),
    verify: createRequestVerifier({ keys: [known], now }),
  };
};

/** A phone, a server and a result server, each on a socket of its own. */
const verifyThroughPhone = async (): Promise<{ posted: boolean; result?: ReceivedResult }> => {
  const { sign, verify } = await signature();
  const results: ReceivedResult[] = [];
  const resultServer = await startResultServer({
    verify,
    onResult: (result) => void results.push(result),
  });
  const trust = createTrustStore(
    simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes })),
    { crypto: nodeCrypto },
  );
  const server = await startDocvalServer({
    client: (id) => (id === "demo" ? { resultServer: resultServer.url } : undefined),
    trust: () => trust,
    sign,
  });
  try {
    const document = personalise("ca-aes", { crypto: nodeCrypto });
    const chip = createVirtualChip(document, { crypto: nodeCrypto, random });
    const { close } = await verifyByServer({
      url: `${server.url.replace("http", "ws")}/ws2/validate`,
      clientId: "demo",
      validationId: "the demonstration",
      password: document.password,
      transceive: async (command) => chip.receive(command),
    });
    const [result] = results;
    return { posted: close.posted, ...(result ? { result } : {}) };
  } finally {
    await server.close();
    await resultServer.close();
  }
};

export const DOCVAL_STEPS: readonly Step[] = [
  {
    step: "a server proves a chip through a phone",
    protocol: "docval",
    async run() {
      const { posted, result } = await verifyThroughPhone();
      const held =
        posted && result?.verified === true && result.passive && result.chip === "SUCCESS";
      return {
        held,
        proved: held
          ? "authentic: chip authentication over a WebSocket, signed result posted and verified"
          : `posted ${posted}, signature ${result?.verified}, data ${result?.passive}, chip ${result?.chip}`,
      };
    },
  },
];
