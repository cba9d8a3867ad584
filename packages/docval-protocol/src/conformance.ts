import type { Channel, Clock, Frame } from "./channel.js";
import type { ClientChip, ReadChipLengths } from "./chip/client-chip.js";
import { runClient, type Transceive } from "./client/run-client.js";
import { CLOSE_REASONS, type CloseReason, closeReasonOf } from "./close-reason.js";
import { DocvalError } from "./errors.js";
import type { AccessKey } from "./messages/v1/access-key.js";
import * as v1 from "./messages/v1/index.js";
import * as v2 from "./messages/v2/index.js";
import type { RandomBytes } from "./random.js";
import {
  CLIENT_PROFILES,
  type ClientProfileName,
  clientV1As,
  clientV2As,
} from "./testing/client-profiles.js";

/** A server to be checked: ours, the vendor's, somebody's own. */
export interface ServerUnderTest {
  /** Connects to one of its two endpoints; version 1 is asked to return the result. */
  open(version: 1 | 2): Promise<Channel>;
  /** A client that it knows. */
  readonly clientId: string;
  /** A chip in the field, new for each case, that the server holds for authentic. */
  document(): TestDocument;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** How long a session may take, in milliseconds. Default 30 s. */
  readonly timeoutMs?: number;
}

export interface TestDocument {
  readonly transceive: Transceive;
  /** What opens it, for a server of version 1. */
  readonly accessKey: AccessKey;
  /** What reads it, for clients of version 2. */
  readonly chip: ClientChip;
  readonly readLengths?: ReadChipLengths;
}

/** One case, for any test runner: it is passed where `run` resolves. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

/** What every server must do, whoever its client is and whatever that client does wrong. */
export const serverCases = (server: ServerUnderTest): readonly ConformanceCase[] => [
  ...Object.entries(CLIENT_PROFILES).flatMap(([name, { versions }]) =>
    versions.map((version) => ({
      name: `serves ${name} in version ${version} to a result`,
      run: () => serveWell(server, name as ClientProfileName, version),
    })),
  ),
  ...misdeeds(server).map(({ name, version, frames, reason }) => ({
    name: `version ${version}: ${name} ends with ${reason}`,
    run: () => refuse(server, version, frames, reason),
  })),
];

const serveWell = async (
  server: ServerUnderTest,
  name: ClientProfileName,
  version: 1 | 2,
): Promise<void> => {
  const { clientId, clock, random } = server;
  const document = server.document();
  const common = { clientId, validationId: "conformance" };
  const session =
    version === 1
      ? clientV1As(name, { ...common, ...document })
      : clientV2As(name, { ...common, chip: document.chip, random, sendResult: true });
  const channel = await server.open(version);
  const { transceive } = document;
  const running = runClient(channel, session, { transceive, clock });
  const { close, result } = await within(server, running, "the end of the session");
  expect(close.posted, "a close with code 1000 and no reason", `${close.code} ${close.reason}`);
  expect(result !== undefined, "the result that was asked for", "none");
  expect(result?.passiveAuthentication === true, "passive authentication", "none");
};

interface Misdeed {
  readonly name: string;
  readonly version: 1 | 2;
  readonly frames: readonly Frame[];
  readonly reason: CloseReason;
}

const misdeeds = ({ clientId }: ServerUnderTest): readonly Misdeed[] => {
  const start = {
    type: "START" as const,
    validationId: "conformance",
    clientId,
    platform: "conformance",
    nfcAdapterSupportsExtendedLength: true,
    enableDiagnostics: false,
  };
  const START = v2.encodeMessage(start);
  const file = (name: string) => v2.File.encode({ type: "FILE", name, data: Uint8Array.of(0) });
  const START_1 = {
    client_id: clientId,
    validation_id: "conformance",
    access_key: { can: "123456" },
    nfc_adapter_supports_extended_length: true,
    platform: "conformance",
  };
  const two = (name: string, reason: CloseReason, ...frames: Frame[]): Misdeed => ({
    name,
    version: 2,
    frames,
    reason,
  });
  const one = (name: string, reason: CloseReason, ...frames: Frame[]): Misdeed => ({
    name,
    version: 1,
    frames,
    reason,
  });
  return [
    two("a text that is no JSON", "MALFORMED_JSON", "{"),
    two("START without its fields", "INVALID_START_MESSAGE", '{"type":"START"}'),
    two(
      "an unknown client",
      "INVALID_CLIENT_ID",
      v2.encodeMessage({ ...start, clientId: `${clientId}-unknown` }),
    ),
    two("a file before START", "PROTOCOL_ERROR", file("dg1")),
    two("START twice", "PROTOCOL_ERROR", START, START),
    two("an unknown message", "PROTOCOL_ERROR", START, '{"type":"PING"}'),
    two("binary garbage", "PROTOCOL_ERROR", START, Uint8Array.of(0xff, 0)),
    two("an answer to no command", "PROTOCOL_ERROR", START, Uint8Array.of(2, 0x90, 0)),
    two(
      "FINISH without files",
      "PROTOCOL_ERROR",
      START,
      v2.encodeMessage({ type: "FINISH", sendResult: true }),
    ),
    one("a start message without its fields", "INVALID_START_MESSAGE", "{}"),
    one(
      "an unknown client",
      "INVALID_CLIENT_ID",
      v1.Start.encode({ ...START_1, client_id: `${clientId}-unknown` }),
    ),
    one(
      "a malformed access key",
      "INVALID_ACCESS_KEY_VALUES",
      v1.Start.encode({ ...START_1, access_key: { can: "12" } }),
    ),
    one("text where an answer is due", "UNEXPECTED_MESSAGE", v1.Start.encode(START_1), "{}"),
  ];
};

const refuse = async (
  server: ServerUnderTest,
  version: 1 | 2,
  frames: readonly Frame[],
  reason: CloseReason,
): Promise<void> => {
  const channel = await server.open(version);
  for (const frame of frames) await channel.send(frame).catch(() => {});
  const received: Frame[] = [];
  const listen = async () => {
    for (
      let frame = await channel.receive();
      frame !== undefined;
      frame = await channel.receive()
    ) {
      received.push(frame);
    }
    return channel.closed;
  };
  const end = await within(server, listen(), "a close");
  const found = closeReasonOf(end);
  expect(found === reason, reason, end.reason);
  expect(
    end.code === CLOSE_REASONS[reason].code,
    `code ${CLOSE_REASONS[reason].code}`,
    `${end.code}`,
  );
  const said = received.some((frame) => typeof frame === "string" && frame.includes(`"${reason}"`));
  expect(said, "a close message before the close", "none");
};

const expect = (held: boolean, expected: string, found: string): void => {
  if (!held) throw new DocvalError("CONFORMANCE", `expected ${expected}, found ${found}`);
};

const within = <T>(server: ServerUnderTest, work: Promise<T>, what: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const ms = server.timeoutMs ?? 30_000;
    const late = new DocvalError("CONFORMANCE", `expected ${what} in ${ms} ms, found nothing`);
    const cancel = server.clock.schedule(ms, () => reject(late));
    work.then(resolve, reject).finally(cancel);
  });
