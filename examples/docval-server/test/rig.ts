import { createTrustStore } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipFault,
  createVirtualChip,
  type ProfileName,
  type ProfilePersonalisation,
  personalise,
  simulatorAnchors,
} from "@org/emrtd-core/testing";
import { type DocvalClientOptions, verifyByServer } from "../../docval-client/src/client.js";
import { type ReceivedResult, startResultServer } from "../../docval-results/src/server.js";
import { randomBytes } from "../src/random.js";
import { type DocvalServerOptions, startDocvalServer } from "../src/server.js";

export const TRUST = createTrustStore(
  simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes })),
  { crypto: nodeCrypto },
);

const made = new Map<ProfileName, ProfilePersonalisation>();

/** The document of a profile: made once, since making keys takes longer than reading it. */
export const documentOf = (profile: ProfileName): ProfilePersonalisation => {
  const known = made.get(profile) ?? personalise(profile, { crypto: nodeCrypto });
  made.set(profile, known);
  return known;
};

/** A chip in the field, as a client takes it. */
export const chipOf = (profile: ProfileName, faults: readonly ChipFault[] = []) => {
  const document = documentOf(profile);
  const chip = createVirtualChip(document, { crypto: nodeCrypto, random: randomBytes, faults });
  return {
    password: document.password,
    transceive: async (command: Uint8Array) => chip.receive(command),
  };
};

/** A server with a result server behind it, both on sockets of their own. */
export interface Rig {
  readonly url: string;
  readonly results: ReceivedResult[];
  /** One client with its chip, to the end. */
  verify(
    version: 1 | 2,
    profile: ProfileName,
    options?: Partial<DocvalClientOptions>,
  ): ReturnType<typeof verifyByServer>;
  /** Closes the server alone. */
  closeServer(): Promise<void>;
  close(): Promise<void>;
}

export const startRig = async (
  options: Partial<DocvalServerOptions> = {},
  resultServer: Parameters<typeof startResultServer>[0] = { onResult: () => {} },
): Promise<Rig> => {
  const results: ReceivedResult[] = [];
  const sink = await startResultServer({
    ...resultServer,
    async onResult(result) {
      results.push(result);
      await resultServer.onResult(result);
    },
  });
  const server = await startDocvalServer({
    client: (id) => (id === "desk" ? { resultServer: `${sink.url}/results` } : undefined),
    trust: () => TRUST,
    ...options,
  });
  return {
    url: server.url,
    results,
    verify: (version, profile, changes = {}) =>
      verifyByServer({
        url: `${server.url.replace(/^http/, "ws")}/ws${version}/validate`,
        clientId: "desk",
        validationId: "a-validation",
        ...chipOf(profile),
        ...changes,
      }),
    closeServer: server.close,
    async close() {
      await server.close();
      await sink.close();
    },
  };
};
