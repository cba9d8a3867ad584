import { jsonMessage, type MessageOf } from "../../message.js";
import { errorObject, failure } from "../mds-0.9.5/error.js";
import { DEVICE_TYPES, FINGER, STATUSES } from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** Levels in the words of SBI 1.0. */
export const CERTIFICATIONS = ["SBI 1.0", "SBI 2.0"] as const;
export const CERTIFICATION_ALIASES = { L0: "SBI 1.0", L1: "SBI 2.0" } as const;
/** SBI 1.0 has no empty purpose. */
export const SBI_PURPOSES = ["Auth", "Registration"] as const;

/** SBIDISC /device; `specVersion` is mandatory from here on. SBI 1.0, "Device Discovery". */
export const DiscoveryRequest = /* @__PURE__ */ jsonMessage("discovery request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES, FINGER), specVersion: f.matching(SPEC_VERSION) }),
);
export type DiscoveryRequest = MessageOf<typeof DiscoveryRequest>;

/** What was found: the serial number stands where device id and code were. SBI 1.0. */
export const DiscoveryResponse = /* @__PURE__ */ jsonMessage("discovery response", (f) =>
  f.list(
    f.either([
      f.object({
        serialNo: f.filled(),
        deviceStatus: f.word(STATUSES),
        certification: f.expected(f.word(CERTIFICATIONS, CERTIFICATION_ALIASES)),
        serviceVersion: f.expected(f.text()),
        deviceSubId: f.expected(f.subIds("quoted")),
        callbackId: f.text(),
        digitalId: f.filled(),
        specVersion: f.expected(f.list(f.text())),
        purpose: f.expected(f.word(SBI_PURPOSES)),
        error: f.optional(errorObject(f)),
      }),
      failure(f),
    ]),
  ),
);
export type DiscoveryResponse = MessageOf<typeof DiscoveryResponse>;
