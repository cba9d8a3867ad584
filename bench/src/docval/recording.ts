import {
  createClientV1,
  createClientV2,
  type Frame,
  runClient,
  type ServerSession,
} from "@org/docval-protocol";
import { createEmrtdClientChip, createEmrtdServerChip } from "@org/docval-protocol/emrtd";
import { createServerSession, type SessionKind, serveSession } from "@org/docval-protocol/server";
import { createChannelPair } from "@org/docval-protocol/testing";
import type { CryptoProvider } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipPersonalisation,
  createVirtualChip,
  HOLDER_PASSWORD,
} from "@org/emrtd-core/testing";
import { systemClock as clock } from "@org/transports";
import { random, TRUST } from "./document.js";

type RandomBytes = typeof random;

/** A session as its server saw it: it can be held again, with nothing but the server running. */
export interface RecordedSession {
  /** APDUs that the server sent. */
  readonly commands: number;
  /** The server's part, from the first frame to the close. */
  hold(): void;
  /** The cryptographic operations that it called for, and nothing else. */
  bare(): void;
}

const IDENTITY = { clientId: "bench", validationId: "bench" };

/** Holds a session with a virtual chip, and records what the server drew, was sent, and calculated. */
export const recordSession = async (
  version: 1 | 2,
  document: ChipPersonalisation,
): Promise<RecordedSession> => {
  const kind: SessionKind = version === 1 ? { version, returnResult: true } : { version };
  const drawn: Uint8Array[] = [];
  const recording: RandomBytes = (length) => {
    const bytes = random(length);
    drawn.push(bytes);
    return bytes;
  };
  const calls: (() => unknown)[] = [];
  const pair = createChannelPair();
  const chip = createVirtualChip(document, { random, crypto: nodeCrypto });
  const serving = serveSession(
    pair.server,
    openSession(kind, recording, recordedCrypto(calls), clock.now()),
    {
      clock,
      deliver: async () => true,
    },
  );
  const { close } = await runClient(pair.client, client(version), {
    clock,
    transceive: async (command) => chip.receive(command),
  });
  await serving;
  if (!close.posted) throw new Error(`expected a session that ends well, found ${close.reason}`);
  const frames = pair.log.flatMap(({ by, frame }) => (by === "client" ? [frame] : []));
  const commands = pair.log.filter(({ by, frame }) => by === "server" && isApdu(frame, version));
  return {
    commands: commands.length,
    hold() {
      let draw = 0;
      const session = openSession(kind, () => drawn[draw++]!, nodeCrypto);
      for (const frame of frames) session.receive({ kind: "frame", frame }, 0);
      session.receive({ kind: "delivered", posted: true }, 0);
      if (!session.over) throw new Error("expected a session that is over");
    },
    bare() {
      for (const call of calls) call();
    },
  };
};

const isApdu = (frame: Frame, version: 1 | 2): boolean =>
  typeof frame !== "string" && (version === 1 || frame[0] === 0x02);

const openSession = (
  kind: SessionKind,
  draw: RandomBytes,
  crypto: CryptoProvider,
  began = 0,
): ServerSession => {
  const now = () => new Date();
  const chip = createEmrtdServerChip({ trust: () => TRUST, random: draw, crypto, now });
  const client = () => ({ resultServer: "http://results.test/" });
  return createServerSession(kind, { chip, client, random: draw }, began);
};

const client = (version: 1 | 2) => {
  const access = HOLDER_PASSWORD;
  if (version === 2) {
    const chip = createEmrtdClientChip({ access, random, crypto: nodeCrypto });
    return createClientV2({ ...IDENTITY, chip, random, sendResult: true });
  }
  const accessKey = {
    document_number: access.documentNumber,
    date_of_birth: access.dateOfBirth,
    date_of_expiry: access.dateOfExpiry,
  };
  return createClientV1({ ...IDENTITY, accessKey, extendedLength: false });
};

/** Does as nodeCrypto does, and remembers each call. */
const recordedCrypto = (calls: (() => unknown)[]): CryptoProvider =>
  new Proxy(nodeCrypto, {
    get(target, name) {
      const operation: unknown = Reflect.get(target, name);
      if (typeof operation !== "function") return operation;
      return (...input: unknown[]) => {
        // What is handed over may be written over later.
        const kept = input.map((value) => (value instanceof Uint8Array ? value.slice() : value));
        calls.push(() => Reflect.apply(operation, target, kept));
        return Reflect.apply(operation, target, input);
      };
    },
  });
