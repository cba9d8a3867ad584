import { jsonMessage, type MessageOf } from "../../message.js";
import { ENV_ALIASES, INFO_ENVS, LEVEL_WORDS, PURPOSE_WORDS, STATUSES } from "../words.js";
import { errorObject, failure } from "./error.js";

/** Payload of `deviceInfo`. MDS 0.9.5, "Device Info Response". */
export const DeviceInfo = /* @__PURE__ */ jsonMessage("device info", (f) =>
  f.object({
    deviceStatus: f.word(STATUSES),
    deviceId: f.id(),
    firmware: f.expected(f.text()),
    certification: f.expected(f.word(LEVEL_WORDS)),
    serviceVersion: f.expected(f.text()),
    deviceSubId: f.expected(f.subIds("quoted")),
    callbackId: f.text(),
    digitalId: f.filled(),
    deviceCode: f.expected(f.text()),
    /** "None" while the device is not registered. */
    env: f.expected(f.word(INFO_ENVS, ENV_ALIASES)),
    purpose: f.expected(f.word(PURPOSE_WORDS)),
    specVersion: f.expected(f.list(f.text())),
  }),
);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;

/** Answer to MOSIPDINFO /info: a JWS, or one segment while the device is not registered. */
export const DeviceInfoResponse = /* @__PURE__ */ jsonMessage("device info response", (f) =>
  f.list(
    f.either([f.object({ deviceInfo: f.filled(), error: f.optional(errorObject(f)) }), failure(f)]),
  ),
);
export type DeviceInfoResponse = MessageOf<typeof DeviceInfoResponse>;
