import { equalSecrets } from "../../bytes.js";
import { optionPairs } from "../../device-options.js";
import type { DiagnosticCode } from "../../diagnostics.js";
import { type EncryptionProvider, isLegacyEncrypted } from "../../encryption.js";
import { ZkPushError } from "../../errors.js";
import type { PushRequest, PushResponse } from "../../http.js";
import { serialNumberOf } from "../../request-codec.js";
import { type DeviceRequest, decodeNamedRequest, requestNameOf } from "../../requests/any.js";
import type { InitializationRequest } from "../../requests/initialization.js";
import { FactorsReply, PublicKeyReply } from "../../responses/exchange.js";
import { InitializationReply } from "../../responses/initialization.js";
import { textResponse } from "../../responses/response.js";
import { routeOf } from "../../route.js";
import { isSerialNumber } from "../../safe.js";
import { negotiateVersion } from "../../version.js";
import { admit, UNKNOWN_DEVICE } from "./admit.js";
import { handlePoll, handleReplies } from "./commands.js";
import {
  accepted,
  codecOptions,
  commit,
  type Handled,
  refused,
  type Served,
  zoneOf,
} from "./context.js";
import { ACCESS_CONTROL, isAccessControl } from "./dialect.js";
import { handleFile } from "./files.js";
import { handshakeReply } from "./handshake.js";
import { handshakeDefaults, type ServerEngineOptions } from "./options.js";
import { handleRemoteAttendance, handleVerify } from "./people.js";
import {
  handleAttendance,
  handlePacket,
  handlePhoto,
  handleRecords,
  handleUnreadable,
} from "./uploads.js";

/** A server of the protocol, without a socket and without a clock. */
export interface ServerEngine {
  /**
   * Handles one request of a terminal. It never rejects: what cannot be understood or stored is a
   * refusal, after which the terminal keeps its data.
   *
   * @param now milliseconds since 1970.
   */
  handle(request: PushRequest, now: number): Promise<Handled>;
}

/**
 * Creates a server of the protocol over a store. It keeps nothing but encryption sessions: any
 * instance serves any request of any terminal.
 */
export const createServerEngine = (options: ServerEngineOptions): ServerEngine => {
  const sessions = new Map<string, Session>();
  const settings = handshakeDefaults(options.handshake);
  return {
    async handle(request, now) {
      const route = routeOf(request);
      if (route.endpoint === "test") {
        return { response: textResponse(TEST, { now }), events: [] };
      }
      if (route.endpoint === "file") return handleFile(options, request, now);
      let sn: string;
      try {
        sn = serialNumberOf(request);
      } catch {
        return { response: refused(now, "NO SERIAL NUMBER", 400), events: [] };
      }
      if (!isSerialNumber(sn)) {
        return { response: refused(now, "SERIAL NUMBER NOT ACCEPTED", 400), events: [] };
      }
      try {
        const device = await admit(options, request, sn, now);
        if (!("standing" in device)) return device;
        return await serve({ options, settings, request, device, now }, sessions);
      } catch (error) {
        // Whatever went wrong, nothing was acknowledged.
        return {
          response: refused(now, "TRY AGAIN", 503),
          events: [{ event: "storeFailed", sn, error }],
        };
      }
    },
  };
};

const TEST = /* @__PURE__ */ new TextEncoder().encode("Test");

/** An end of an encrypted connection, ready after the factors. */
interface Session {
  readonly provider: EncryptionProvider;
  readonly ready: boolean;
}

const serve = async (served: Served, sessions: Map<string, Session>): Promise<Handled> => {
  const { device, request } = served;
  if (isLegacyEncrypted(request.body)) return notUnderstood(served, "LEGACY_ENCRYPTION");
  const session = sessions.get(device.sn);
  const name = requestNameOf(request);
  const covered = session?.ready === true && name !== "initialization" && name !== "publickey";
  const codes = new Set<DiagnosticCode>();
  let message: DeviceRequest;
  let plain = served;
  try {
    if (covered && request.body.length > 0) {
      const body = session.provider.decrypt(request.body);
      plain = { ...served, request: { ...request, body } };
    }
    message = decodeNamedRequest(name, plain.request, {
      ...codecOptions(served),
      report: ({ code }) => codes.add(code),
    });
  } catch (error) {
    if (!(error instanceof ZkPushError)) return notUnderstood(served, "DECRYPTION_FAILED");
    if (error.code === "REQUEST_FOREIGN") return foreign(served);
    return request.body.length > 0
      ? handleUnreadable(served, name ?? request.path.slice(0, LONGEST_PATH), error.code)
      : notUnderstood(served, error.code);
  }
  const done = await dispatch(plain, message, sessions);
  const odd = { event: "oddities" as const, sn: device.sn, codes: [...codes] };
  const handled = codes.size === 0 ? done : { ...done, events: [...done.events, odd] };
  return covered
    ? { ...handled, response: encrypted(handled.response, session.provider) }
    : handled;
};

const encrypted = (response: PushResponse, provider: EncryptionProvider): PushResponse => {
  const body = provider.encrypt(response.body);
  const headers = response.headers.map(([key, value]) =>
    key === "Content-Length" ? ([key, body.length.toString()] as const) : ([key, value] as const),
  );
  return { ...response, headers, body };
};

/** Of a path that nobody knows, what is kept of it. */
const LONGEST_PATH = 100;

/**
 * A terminal set to access control: it keeps its records, and whoever looks after the terminals is
 * shown that it has to be set to time attendance.
 */
const foreign = async (served: Served): Promise<Handled> => {
  if (!isAccessControl(served.device)) {
    await commit(served, { device: { options: { DeviceType: ACCESS_CONTROL } } });
  }
  return notUnderstood(served, "REQUEST_FOREIGN");
};

const notUnderstood = ({ device, now }: Served, reason: string): Handled => ({
  response: refused(now, "NOT UNDERSTOOD", reason === "REQUEST_UNKNOWN" ? 404 : 200),
  events: [{ event: "notUnderstood", sn: device.sn, reason }],
});

const dispatch = (
  served: Served,
  message: DeviceRequest,
  sessions: Map<string, Session>,
): Promise<Handled> | Handled => {
  switch (message.request) {
    case "initialization":
      return handshake(served, message, sessions);
    case "publickey":
    case "factors":
      return exchange(served, message, sessions);
    case "options":
      return handleOptions(served, message);
    case "ATTLOG":
      return handleAttendance(served, message);
    case "ATTPHOTO":
      return handlePhoto(served, message);
    case "OPERLOG":
    case "IDCARD":
    case "BIODATA":
      return handleRecords(served, message, message.request, true);
    case "ERRORLOG":
      return handleRecords(served, message, message.request, false);
    case "other":
      return handleRecords(served, message, message.table, true);
    case "packet":
      return handlePacketOrKeep(served, message);
    case "PostVerifyData":
      return handleVerify(served, message);
    case "RemoteAtt":
      return handleRemoteAttendance(served, message);
    case "info":
      return handlePoll(served, message);
    case "getrequest":
      return handlePoll(served);
    case "devicecmd":
      return handleReplies(served, message);
    case "ping":
      return { response: accepted(served.now), events: [] };
    case "file":
      return handleFile(served.options, served.request, served.now);
  }
};

const handleOptions = async (
  served: Served,
  message: Extract<DeviceRequest, { request: "options" }>,
): Promise<Handled> => {
  await commit(served, { device: { options: optionPairs(message.options) } });
  // A count makes some terminals push their options for ever.
  return { response: accepted(served.now), events: [] };
};

const handlePacketOrKeep = async (
  served: Served,
  message: Extract<DeviceRequest, { request: "packet" }>,
): Promise<Handled> => {
  try {
    return await handlePacket(served, message);
  } catch (error) {
    if (error instanceof ZkPushError) return handleUnreadable(served, "packet", error.code);
    throw error;
  }
};

const handshake = async (
  served: Served,
  message: InitializationRequest,
  sessions: Map<string, Session>,
): Promise<Handled> => {
  const { options, device, now } = served;
  const key = options.commKey?.(device.sn);
  const keyShown = key === undefined || equalSecrets(message.commKey ?? "", key);
  sessions.delete(device.sn);
  if (!keyShown) {
    // What is stored stays: a stranger must not be able to shut the terminal out.
    return {
      response: refused(now, UNKNOWN_DEVICE),
      events: [{ event: "keyMismatch", sn: device.sn }],
    };
  }
  await commit(served, {
    device: {
      keyShown: key !== undefined,
      ...(message.pushVersion === undefined ? {} : { pushVersion: message.pushVersion }),
      ...(message.language === undefined ? {} : { language: message.language }),
      ...(message.deviceType === undefined ? {} : { options: { DeviceType: message.deviceType } }),
    },
  });
  const reply = handshakeReply(message, device, served.settings, zoneOf(served), now);
  const version = negotiateVersion(message.pushVersion, served.settings.version);
  return {
    response: textResponse(InitializationReply.encode(reply), { now }),
    events: [{ event: "handshake", sn: device.sn, version }],
  };
};

/** Exchange of keys and factors (6, 7): only where a provider was given. */
const exchange = (
  served: Served,
  message: Extract<DeviceRequest, { request: "publickey" | "factors" }>,
  sessions: Map<string, Session>,
): Handled => {
  const { options, device, now } = served;
  const respond = (body: Uint8Array): Handled => ({
    response: textResponse(body, { now }),
    events: [],
  });
  if (message.request === "publickey") {
    const provider = options.encryption?.(device.sn);
    if (provider === undefined) return notUnderstood(served, "ENCRYPTION_UNAVAILABLE");
    provider.acceptPublicKey(message.body.publicKey);
    sessions.set(device.sn, { provider, ready: false });
    return respond(PublicKeyReply.encode({ publicKey: provider.publicKey() }));
  }
  const session = sessions.get(device.sn);
  if (session === undefined) return notUnderstood(served, "ENCRYPTION_UNAVAILABLE");
  session.provider.acceptFactors(message.body.factors);
  sessions.set(device.sn, { ...session, ready: true });
  return respond(FactorsReply.encode({ factors: session.provider.factors() }));
};
