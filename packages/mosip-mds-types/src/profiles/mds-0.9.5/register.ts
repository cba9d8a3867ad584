import type { Fields } from "../../fields.js";
import { isObject, type JsonValue } from "../../json.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { ENV_ALIASES, ENVS, LEVEL_WORDS, UUID_V4 } from "../words.js";

/** The server refuses a registration that is older than this. MDS 0.9.5, "Registration". */
export const REGISTRATION_WINDOW_MS = 300_000;

/** Payload of `deviceInfo` inside the device data, signed by the device key. */
export const RegistrationDeviceInfo = /* @__PURE__ */ jsonMessage("registration device info", (f) =>
  f.object({
    deviceSubId: f.subIds("quoted"),
    certification: f.word(LEVEL_WORDS),
    digitalId: f.filled(),
    firmware: f.text(),
    deviceExpiry: f.text(),
    timestamp: f.matching(UTC_SECONDS),
  }),
);
export type RegistrationDeviceInfo = MessageOf<typeof RegistrationDeviceInfo>;

/** Payload of `deviceData`, signed by the device provider. */
export const DeviceData = /* @__PURE__ */ jsonMessage("device data", (f) =>
  f.object({
    deviceId: f.id(),
    purpose: f.word(["Auth", "Registration"]),
    /** A JWS with {@link RegistrationDeviceInfo}. */
    deviceInfo: f.filled(),
    foundationalTrustProviderId: f.text(),
  }),
);
export type DeviceData = MessageOf<typeof DeviceData>;

/** POST /v1/masterdata/registereddevices. */
export const RegisterRequest = /* @__PURE__ */ jsonMessage("register request", (f) =>
  f.object({
    id: f.word(["io.mosip.deviceregister"]),
    request: f.object({ deviceData: f.filled() }),
    requesttime: f.matching(UTC_SECONDS),
    version: f.text(),
  }),
);
export type RegisterRequest = MessageOf<typeof RegisterRequest>;

/** Errors of a master data answer: a list, with yet other names. */
export const serverErrors = (f: Fields) =>
  f.list(f.object({ errorCode: f.id(), message: f.text() }));

/** The servers of MOSIP say `errors`, and null where there is none; the text shows `error`. */
export const errorsToo = (json: JsonValue): JsonValue => {
  if (!isObject(json) || !("errors" in json) || "error" in json) {
    return json;
  }
  const { errors, ...rest } = json;
  return { ...rest, error: errors! };
};

/** Payload of `response`, signed by MOSIP. */
export const Registration = /* @__PURE__ */ jsonMessage("registration", (f) =>
  f.object({
    /** "Registered". */
    status: f.text(),
    /** As it was sent. */
    digitalId: f.filled(),
    deviceCode: f.matching(UUID_V4),
    timestamp: f.matching(UTC_SECONDS),
    env: f.word(ENVS, ENV_ALIASES),
  }),
);
export type Registration = MessageOf<typeof Registration>;

/** Answer of the device server: a signed response, or errors in its place. */
export const RegisterResponse = /* @__PURE__ */ jsonMessage(
  "register response",
  (f) =>
    f.object({
      id: f.word(["io.mosip.deviceregister"]),
      version: f.text(),
      responsetime: f.matching(UTC_SECONDS),
      response: f.optional(f.filled()),
      error: f.optional(serverErrors(f)),
    }),
  { received: errorsToo },
);
export type RegisterResponse = MessageOf<typeof RegisterResponse>;
