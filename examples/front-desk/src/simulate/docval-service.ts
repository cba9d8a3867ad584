import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createRequestSigner, importSigningKey, webSha256 } from "@org/docval-protocol/server";
import type { TrustStore } from "@org/emrtd-core";
import { startDocvalServer } from "@org/example-docval-server";

export interface DocvalServiceOptions {
  readonly trust: TrustStore;
  readonly clientId: string;
  /** Where results are posted. */
  readonly resultUrl: string;
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
  const { trust, clientId, resultUrl } = options;
  const pair = generateKeyPairSync("ed25519");
  const pem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const token = randomBytes(24).toString("base64url");
  const server = await startDocvalServer({
    client: (id) => (id === clientId ? { resultServer: resultUrl } : undefined),
    trust: () => trust,
    authorization: token,
    includeFiles: true,
    graceMs: 0,
    sign: createRequestSigner({
      key: await importSigningKey(pem, { keyId: KEY_ID }),
      sha256: webSha256,
      random: (length) => new Uint8Array(randomBytes(length)),
      now: () => new Date(),
    }),
  });
  return {
    url: `${server.url.replace(/^http/, "ws")}/ws2/validate`,
    verificationKey: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
    keyId: KEY_ID,
    authorization: `Bearer ${token}`,
    close: () => server.close(),
  };
};
