import { jsonMessage, type MessageOf } from "../../message.js";
import { errorObject, failure } from "../mds-0.8.4/error.js";
import { LEVEL_WORDS, PURPOSE_WORDS, STATUSES } from "../words.js";

/** Payload of `deviceInfo`. It has two statuses, in different words. MDS 0.9.2, 5.2. */
export const DeviceInfo = /* @__PURE__ */ jsonMessage("device info", (f) =>
  f.object({
    status: f.word(STATUSES),
    deviceId: f.id(),
    deviceStatus: f.word(["Active", "InActive"]),
    firmware: f.expected(f.text()),
    certification: f.expected(f.word(LEVEL_WORDS)),
    serviceVersion: f.expected(f.text()),
    deviceSubId: f.expected(f.subIds("bare")),
    callbackId: f.text(),
    digitalId: f.filled(),
    deviceCode: f.expected(f.text()),
    purpose: f.expected(f.word(PURPOSE_WORDS)),
    specVersion: f.expected(f.list(f.text())),
  }),
);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;

/** Answer to MOSIPDINFO /info: a JWS, or one segment while the device is not registered. MDS 0.9.2, 5.2. */
export const DeviceInfoResponse = /* @__PURE__ */ jsonMessage("device info response", (f) =>
  f.list(
    f.either([f.object({ deviceInfo: f.filled(), error: f.optional(errorObject(f)) }), failure(f)]),
  ),
);
export type DeviceInfoResponse = MessageOf<typeof DeviceInfoResponse>;
