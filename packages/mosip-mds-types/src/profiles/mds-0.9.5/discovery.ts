import { jsonMessage, type MessageOf } from "../../message.js";
import { DEVICE_TYPES, FINGER, LEVEL_WORDS, PURPOSE_WORDS, STATUSES } from "../words.js";
import { errorObject, failure } from "./error.js";

/** MOSIPDISC /device. MDS 0.9.5, "Device Discovery". */
export const DiscoveryRequest = /* @__PURE__ */ jsonMessage("discovery request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES, FINGER) }),
);
export type DiscoveryRequest = MessageOf<typeof DiscoveryRequest>;

/** What was found. MDS 0.9.5, "Device Discovery Response". */
export const DiscoveryResponse = /* @__PURE__ */ jsonMessage("discovery response", (f) =>
  f.list(
    f.either([
      f.object({
        deviceId: f.id(),
        deviceStatus: f.word(STATUSES),
        certification: f.expected(f.word(LEVEL_WORDS)),
        serviceVersion: f.expected(f.text()),
        deviceSubId: f.expected(f.subIds("quoted")),
        callbackId: f.text(),
        /** Base64url of the digital id, one segment: never signed here. */
        digitalId: f.filled(),
        deviceCode: f.expected(f.text()),
        specVersion: f.expected(f.list(f.text())),
        purpose: f.expected(f.word(PURPOSE_WORDS)),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DiscoveryResponse = MessageOf<typeof DiscoveryResponse>;
