import { jsonMessage, type MessageOf } from "../../message.js";
import { errorObject, failure } from "../mds-0.9.5/error.js";
import { DEVICE_TYPES, FINGER, LEVEL_WORDS, PURPOSE_WORDS, STATUSES } from "../words.js";

/** POST /device. SBI draft 1, "Device Discovery". */
export const DiscoveryRequest = /* @__PURE__ */ jsonMessage("discovery request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES, FINGER) }),
);
export type DiscoveryRequest = MessageOf<typeof DiscoveryRequest>;

/** What was found. SBI draft 1, "Device Discovery Response". */
export const DiscoveryResponse = /* @__PURE__ */ jsonMessage("discovery response", (f) =>
  f.list(
    f.either([
      f.object({
        deviceStatus: f.word(STATUSES),
        certification: f.expected(f.word(LEVEL_WORDS)),
        serviceVersion: f.expected(f.text()),
        deviceSubId: f.expected(f.subIds("quoted")),
        callbackId: f.text(),
        digitalId: f.filled(),
        serialNo: f.filled(),
        specVersion: f.expected(f.list(f.text())),
        purpose: f.expected(f.word(PURPOSE_WORDS)),
        /** Key of the device service for what is sent to it in secret. */
        jwk: f.optional(f.jwk()),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DiscoveryResponse = MessageOf<typeof DiscoveryResponse>;
