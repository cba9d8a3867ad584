import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { SERVER_ENV_ALIASES, SERVER_ENVS, serverError } from "../mds-0.8.4/register.js";
import { LEVEL_WORDS, UUID_V4 } from "../words.js";

/** Payload of `deviceData`, signed by the device provider. MDS 0.9.2, 6.1. */
export const DeviceData = /* @__PURE__ */ jsonMessage("device data", (f) =>
  f.object({
    deviceId: f.id(),
    /** "Can not be empty": a device serves one purpose for good. */
    purpose: f.word(["Auth", "Registration"]),
    deviceInfo: f.object({
      deviceSubId: f.subIds("bare"),
      certification: f.word(LEVEL_WORDS),
      digitalId: f.filled(),
      firmware: f.text(),
      deviceExpiry: f.text(),
      timestamp: f.matching(ZONED_TIME),
    }),
    /** Empty for L0. */
    foundationalTrustProviderId: f.text(),
  }),
);
export type DeviceData = MessageOf<typeof DeviceData>;

/** POST /device/register. MDS 0.9.2, 6.1. */
export const RegisterRequest = /* @__PURE__ */ jsonMessage("register request", (f) =>
  f.object({ deviceData: f.filled() }),
);
export type RegisterRequest = MessageOf<typeof RegisterRequest>;

/** Payload of `response`, signed by the device server. MDS 0.9.2, 6.1. */
export const Registration = /* @__PURE__ */ jsonMessage("registration", (f) =>
  f.object({
    status: f.text(),
    error: f.optional(serverError(f)),
    deviceCode: f.optional(f.matching(UUID_V4)),
    timestamp: f.matching(ZONED_TIME),
    env: f.word(SERVER_ENVS, SERVER_ENV_ALIASES),
  }),
);
export type Registration = MessageOf<typeof Registration>;

/** Answer of the device server. MDS 0.9.2, 6.1. */
export const RegisterResponse = /* @__PURE__ */ jsonMessage("register response", (f) =>
  f.object({ response: f.filled() }),
);
export type RegisterResponse = MessageOf<typeof RegisterResponse>;
