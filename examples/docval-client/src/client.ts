import { randomBytes as platformBytes } from "node:crypto";
import {
  type ClientEvent,
  type ClientReport,
  type ClientSession,
  runClient,
  type TranscriptEntry,
  transcribed,
  type v1,
} from "@org/docval-protocol";
import { createEmrtdClientChip, readChipLengths } from "@org/docval-protocol/emrtd";
import { ENDPOINTS } from "@org/docval-protocol/server";
import { type ClientProfileName, clientV1As, clientV2As } from "@org/docval-protocol/testing";
import type { Password, Transceive } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { systemClock as clock } from "@org/transports";
import { openWebSocket } from "@org/transports/node/websocket";

/** A document, and the server that is to verify it. */
export interface DocvalClientOptions {
  /** `ws://` or `wss://`; its path says the version. */
  readonly url: string;
  readonly clientId: string;
  readonly validationId: string;
  readonly transceive: Transceive;
  readonly password: Password;
  /** Default `spec`. */
  readonly as?: ClientProfileName;
  /** Asks for the result. Default false. */
  readonly result?: boolean;
  readonly diagnostics?: boolean;
  /** Default true. */
  readonly extendedLength?: boolean;
  /** Shown in the handshake. */
  readonly authorization?: string;
  /** Certificate to trust on the way, PEM. */
  readonly ca?: Buffer;
  readonly onEvent?: (event: ClientEvent) => void;
  readonly onTranscript?: (entry: TranscriptEntry) => void;
  readonly signal?: AbortSignal;
}

/** Which version a URL is for, whatever a proxy has put before its path; undefined for neither. */
export const versionOf = (url: URL): 1 | 2 | undefined => {
  const path = url.pathname.replace(/\/$/, "");
  return path.endsWith(ENDPOINTS[1]) ? 1 : path.endsWith(ENDPOINTS[2]) ? 2 : undefined;
};

/**
 * Has a document verified: connects, and plays the phone's part to the end.
 *
 * @throws TransportError where there is no server; DocvalError `PROFILE_UNKNOWN` for a client that does
 * not speak the version of the URL.
 */
export const verifyByServer = async (options: DocvalClientOptions): Promise<ClientReport> => {
  const { transceive, onEvent, onTranscript, signal, authorization, ca } = options;
  const url = new URL(options.url);
  const version = versionOf(url) ?? 2;
  if (version === 1 && options.result) url.searchParams.set("return_result", "true");
  const session = version === 1 ? clientV1(options) : clientV2(options);
  const channel = await openWebSocket(url.href, {
    signal,
    ...(authorization === undefined
      ? {}
      : { headers: { Authorization: `Bearer ${authorization}` } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  const line = onTranscript
    ? transcribed(channel, { version, us: "client", clock, onEntry: onTranscript })
    : channel;
  return runClient(line, session, {
    transceive,
    clock,
    ...(onEvent ? { onEvent } : {}),
    ...(signal ? { signal } : {}),
  });
};

const random = (length: number): Uint8Array => new Uint8Array(platformBytes(length));

const clientV2 = (options: DocvalClientOptions): ClientSession => {
  const { clientId, validationId, password, extendedLength = true } = options;
  return clientV2As(options.as ?? "spec", {
    clientId,
    validationId,
    random,
    extendedLength,
    sendResult: options.result ?? false,
    diagnostics: options.diagnostics ?? false,
    chip: createEmrtdClientChip({ access: password, random, crypto: nodeCrypto, extendedLength }),
  });
};

const clientV1 = (options: DocvalClientOptions): ClientSession => {
  const { clientId, validationId, password, extendedLength = true } = options;
  return clientV1As(options.as ?? "spec", {
    clientId,
    validationId,
    extendedLength,
    diagnostics: options.diagnostics ?? false,
    accessKey: accessKeyOf(password),
    readLengths: readChipLengths({ random, crypto: nodeCrypto }),
  });
};

/** What is printed on the document, as the start message of version 1 says it. */
const accessKeyOf = (password: Password): v1.AccessKey => {
  if ("can" in password) return { can: password.can };
  if (!("documentNumber" in password)) return {};
  return {
    document_number: password.documentNumber,
    date_of_birth: password.dateOfBirth,
    date_of_expiry: password.dateOfExpiry,
  };
};
