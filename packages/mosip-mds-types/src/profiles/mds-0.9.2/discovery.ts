import { jsonMessage, type MessageOf } from "../../message.js";
import { errorObject, failure } from "../mds-0.8.4/error.js";
import { DEVICE_TYPES_OLD, FINGERPRINT, LEVEL_WORDS, PURPOSE_WORDS } from "../words.js";

/** MOSIPDISC /device. MDS 0.9.2, 5.1. */
export const DiscoveryRequest = /* @__PURE__ */ jsonMessage("discovery request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES_OLD, FINGERPRINT) }),
);
export type DiscoveryRequest = MessageOf<typeof DiscoveryRequest>;

/** Status in discovery: one word stands for two states. */
export const DISCOVERY_STATUSES = ["Active", "Inactive or Not Registered"] as const;
export const DISCOVERY_STATUS_ALIASES = {
  Ready: "Active",
  Inactive: "Inactive or Not Registered",
  "Not Registered": "Inactive or Not Registered",
} as const;

/** What was found. Type and sub type have moved into the digital id, unsigned here. MDS 0.9.2, 5.1. */
export const DiscoveryResponse = /* @__PURE__ */ jsonMessage("discovery response", (f) =>
  f.list(
    f.either([
      f.object({
        deviceId: f.id(),
        deviceStatus: f.word(DISCOVERY_STATUSES, DISCOVERY_STATUS_ALIASES),
        certification: f.expected(f.word(LEVEL_WORDS)),
        serviceVersion: f.expected(f.text()),
        deviceSubId: f.expected(f.subIds("bare")),
        callbackId: f.text(),
        /** Base64url of the digital id, one segment. */
        digitalId: f.filled(),
        /** Given by the device server; empty before. */
        deviceCode: f.expected(f.text()),
        /** The first one is the version of this answer. */
        specVersion: f.expected(f.list(f.text())),
        purpose: f.expected(f.word(PURPOSE_WORDS)),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DiscoveryResponse = MessageOf<typeof DiscoveryResponse>;
