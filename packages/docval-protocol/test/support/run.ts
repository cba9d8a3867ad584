import { nodeCrypto } from "@org/emrtd-core/node";
import type { Channel, Frame } from "../../src/channel.js";
import type { ClientReport, ClientSession } from "../../src/client/client-session.js";
import { runClient } from "../../src/client/run-client.js";
import {
  createEmrtdClientChip,
  createEmrtdServerChip,
  type EmrtdProof,
  readChipLengths,
} from "../../src/emrtd/index.js";
import {
  decodeResult,
  type EmrtdPassport,
  type ServerEvent,
  type ServerSession,
} from "../../src/index.js";
import { createServerSession } from "../../src/server/create-session.js";
import { type SessionEnd, serveSession } from "../../src/server/serve-session.js";
import type { SessionKind } from "../../src/server/upgrade.js";
import type { ServerSessionOptions } from "../../src/session/server-session.js";
import { type ChannelPair, createChannelPair } from "../../src/testing/channel-pair.js";
import {
  type ClientProfileName,
  clientV1As,
  clientV2As,
} from "../../src/testing/client-profiles.js";
import { createFakeClock, type FakeClock } from "../../src/testing/fake-clock.js";
import { chipOf, type DocumentName, NOW, PASSWORD, type TestChip, TRUST } from "./documents.js";
import { countingRandom } from "./random.js";

/** A server's side for tests: known client `test`, trust in the simulator. */
export const serverOptions = (
  changes: Partial<ServerSessionOptions<EmrtdProof>> = {},
): ServerSessionOptions<EmrtdProof> => ({
  chip: createEmrtdServerChip({
    trust: () => TRUST,
    random: countingRandom(3),
    crypto: nodeCrypto,
    now: () => NOW,
  }),
  client: (id) => (id === "test" ? { resultServer: "https://results.test/" } : undefined),
  random: countingRandom(4),
  ...changes,
});

/** The access key of every test document, as version 1 writes it. */
export const ACCESS_KEY = {
  document_number: PASSWORD.documentNumber,
  date_of_birth: PASSWORD.dateOfBirth,
  date_of_expiry: PASSWORD.dateOfExpiry,
};

export interface ClientChoice {
  readonly as: ClientProfileName;
  readonly version: 1 | 2;
  readonly result?: boolean;
  readonly extendedLength?: boolean;
  readonly maxTransceiveLength?: number;
  readonly maxBlockSize?: number;
  readonly lengths?: { readonly command?: number; readonly response?: number };
  readonly diagnostics?: boolean;
  readonly clientId?: string;
  readonly accessKey?: Record<string, string>;
  readonly seed?: number;
}

/** A client of a profile with the access key of the test documents. */
export const clientOf = (choice: ClientChoice): ClientSession => {
  const { as, version, extendedLength = true, diagnostics = false, seed = 5 } = choice;
  const common = {
    clientId: choice.clientId ?? "test",
    validationId: "cf847daa-a548-4509-bdeb-4edd51aee448",
    diagnostics,
    extendedLength,
  };
  if (version === 1) {
    return clientV1As(as, {
      ...common,
      accessKey: choice.accessKey ?? ACCESS_KEY,
      ...(choice.lengths ? { lengths: choice.lengths } : {}),
      readLengths: readChipLengths({ random: countingRandom(), crypto: nodeCrypto }),
    });
  }
  const { maxTransceiveLength, maxBlockSize } = choice;
  return clientV2As(as, {
    ...common,
    random: countingRandom(seed),
    sendResult: choice.result ?? false,
    ...(maxTransceiveLength === undefined ? {} : { maxTransceiveLength }),
    ...(maxBlockSize === undefined ? {} : { maxBlockSize }),
    chip: createEmrtdClientChip({
      access: [
        ...(choice.accessKey?.["can"] ? [{ can: choice.accessKey["can"] }] : []),
        choice.accessKey?.["document_number"]
          ? { ...PASSWORD, documentNumber: choice.accessKey["document_number"] }
          : PASSWORD,
      ],
      random: countingRandom(6),
      crypto: nodeCrypto,
      extendedLength,
    }),
  });
};

export interface RunOptions extends ClientChoice {
  readonly document: DocumentName | TestChip;
  readonly server?: Partial<ServerSessionOptions<EmrtdProof>>;
  readonly deliver?: () => Promise<boolean>;
  readonly wrap?: (session: ServerSession) => ServerSession;
  /** Changes what the client sends, as an attacker would. */
  readonly tamper?: (frame: Frame) => readonly Frame[];
  readonly clock?: FakeClock;
}

export interface Ran {
  readonly report: ClientReport;
  readonly end: SessionEnd;
  readonly events: readonly ServerEvent[];
  /** What the result server was sent. */
  readonly posted: EmrtdPassport | undefined;
  readonly body: string | undefined;
  readonly pair: ChannelPair;
  readonly chip: TestChip;
}

/** One client against one server over a line in memory, to the end of both. */
export const run = async (options: RunOptions): Promise<Ran> => {
  const { clock = createFakeClock(), version } = options;
  const chip = typeof options.document === "string" ? chipOf(options.document) : options.document;
  const pair = createChannelPair();
  const kind: SessionKind =
    version === 1 ? { version, returnResult: options.result ?? false } : { version };
  const session = createServerSession(kind, serverOptions(options.server), clock.now());
  const events: ServerEvent[] = [];
  let body: string | undefined;
  const serving = serveSession(pair.server, options.wrap?.(session) ?? session, {
    clock,
    async deliver(order) {
      ({ body } = order);
      return (await options.deliver?.()) ?? true;
    },
    onEvent: (event) => void events.push(event),
  });
  const channel = options.tamper ? tampered(pair.client, options.tamper) : pair.client;
  const client = runClient(channel, clientOf(options), { transceive: chip.transceive, clock });
  const [end, report] = await Promise.all([serving, client]);
  const posted = body === undefined ? undefined : decodeResult(body).passport;
  return { report, end, events, posted, body, pair, chip };
};

const tampered = (channel: Channel, tamper: (frame: Frame) => readonly Frame[]): Channel => ({
  ...channel,
  async send(frame) {
    for (const other of tamper(frame)) await channel.send(other);
  },
});
