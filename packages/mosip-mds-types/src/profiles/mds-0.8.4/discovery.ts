import { jsonMessage, type MessageOf } from "../../message.js";
import {
  DEVICE_TYPES_OLD,
  FINGER,
  FINGERPRINT,
  KINDS,
  LEVEL_WORDS,
  SLAB,
  SUB_TYPES_OLD,
} from "../words.js";
import { errorObject, failure } from "./error.js";

/** MOSIPDISC /device, what is looked for. MDS 0.8.4, 5(i). */
export const DiscoveryRequest = /* @__PURE__ */ jsonMessage("discovery request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES_OLD, FINGERPRINT) }),
);
export type DiscoveryRequest = MessageOf<typeof DiscoveryRequest>;

/** What was found: one entry a device, or one that holds only an error. MDS 0.8.4, 5(i). */
export const DiscoveryResponse = /* @__PURE__ */ jsonMessage("discovery response", (f) =>
  f.list(
    f.either([
      f.object({
        type: f.word(KINDS, FINGER),
        /** Internal to the device service. */
        deviceId: f.id(),
        subType: f.word(SUB_TYPES_OLD, SLAB),
        deviceStatus: f.word(["Active", "Inactive"]),
        certification: f.expected(f.word(LEVEL_WORDS)),
        serviceVersion: f.expected(f.text()),
        deviceSubId: f.expected(f.subIds("bare")),
        /** Base of every later request: a URL, an intent or a URL scheme. */
        callbackId: f.text(),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DiscoveryResponse = MessageOf<typeof DiscoveryResponse>;
