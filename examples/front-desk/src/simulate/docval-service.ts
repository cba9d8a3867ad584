import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createEmrtdServerChip, type ToJpeg } from "@org/docval-protocol/emrtd";
import {
  bearerToken,
  createRequestSigner,
  createServerSession,
  decideUpgrade,
  deliverResult,
  fetchPost,
  importSigningKey,
  serveSession,
  webSha256,
} from "@org/docval-protocol/server";
import type { TrustStore } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { systemClock } from "@org/transports";
import { listenWebSocket } from "@org/transports/node/websocket";

export interface DocvalServiceOptions {
  readonly trust: TrustStore;
  readonly clientId: string;
  /** Where results are posted. */
  readonly resultUrl: string;
  readonly toJpeg: ToJpeg;
}

/** A DocVal server on a socket, which signs what it posts. */
export interface DocvalService {
  /** Of version 2. */
  readonly url: string;
  /** What it signs with: the public half, PEM. */
  readonly verificationKey: string;
  readonly keyId: string;
  readonly authorization: string;
  close(): Promise<void>;
}

const KEY_ID = "front-desk-docval";

/** Starts a DocVal server for one client, with a key of its own that nobody else ever sees. */
export const startDocvalService = async (options: DocvalServiceOptions): Promise<DocvalService> => {
  const { trust, clientId, resultUrl, toJpeg } = options;
  const pair = generateKeyPairSync("ed25519");
  const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const key = await importSigningKey(pem, { keyId: KEY_ID });
  const sign = createRequestSigner({ key, sha256: webSha256, random, now: () => new Date() });
  const token = randomBytes(24).toString("base64url");
  const session = {
    chip: createEmrtdServerChip({
      trust: () => trust,
      random,
      now: () => new Date(),
      crypto: nodeCrypto,
      toJpeg,
    }),
    client: (id: string) => (id === clientId ? { resultServer: resultUrl } : undefined),
    random,
    includeFiles: true,
  };
  const server = await listenWebSocket({
    decide: (handshake) => decideUpgrade(handshake, { authorize: bearerToken(token), origins: [] }),
    onChannel: (channel, handshake) => {
      const decision = decideUpgrade(handshake);
      if (decision.status !== 101) return;
      const machine = createServerSession(decision.session, session, systemClock.now());
      void serveSession(channel, machine, {
        clock: systemClock,
        deliver: async ({ resultServer, body }) => {
          const bytes = new TextEncoder().encode(body);
          const terms = { post: fetchPost(), clock: systemClock, sign };
          return (await deliverResult(resultServer, bytes, terms)).delivered;
        },
      });
    },
  });
  return {
    url: `${server.url}/ws2/validate`,
    verificationKey: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
    keyId: KEY_ID,
    authorization: `Bearer ${token}`,
    close: () => server.close(),
  };
};
