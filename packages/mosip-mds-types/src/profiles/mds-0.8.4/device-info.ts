import type { Fields } from "../../fields.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { FINGER, KINDS, LEVEL_WORDS, SLAB, STATUSES, SUB_TYPES_OLD } from "../words.js";
import { errorObject, failure } from "./error.js";

const deviceInfo = (f: Fields) =>
  f.object({
    deviceId: f.id(),
    deviceSubId: f.subIds("bare"),
    firmware: f.text(),
    deviceProviderName: f.text(),
    deviceProviderId: f.text(),
    deviceModel: f.text(),
    deviceMake: f.text(),
    /** After this day the device counts as too old. */
    deviceExpiry: f.text(),
    certification: f.word(LEVEL_WORDS),
    timestamp: f.matching(ZONED_TIME),
  });

/** The element that `deviceInfoSignature` is over, byte for byte as it was sent. MDS 0.8.4, 5(ii). */
export const DeviceInfo = /* @__PURE__ */ jsonMessage("device info", deviceInfo);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;

/** Answer to MOSIPDINFO /info, which has no body. MDS 0.8.4, 5(ii). */
export const DeviceInfoResponse = /* @__PURE__ */ jsonMessage("device info response", (f) =>
  f.list(
    f.either([
      f.object({
        type: f.word(KINDS, FINGER),
        subType: f.word(SUB_TYPES_OLD, SLAB),
        status: f.word(STATUSES.slice(0, 3) as ["Ready", "Busy", "Not Ready"]),
        deviceInfo: deviceInfo(f),
        /** Base64, RS256 over the text of `deviceInfo`; absent while there is no key. */
        deviceInfoSignature: f.optional(f.text()),
        serviceVersion: f.expected(f.text()),
        callbackId: f.text(),
        deviceSubId: f.expected(f.subIds("bare")),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DeviceInfoResponse = MessageOf<typeof DeviceInfoResponse>;
