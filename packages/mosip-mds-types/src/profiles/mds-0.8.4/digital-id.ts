import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";

/**
 * Digital id: the identity of a device, signed as a JWS by its trust module. MDS 0.8.4, section 4.
 *
 * No message of 0.8.4 carries it; it stands for itself, between device and management server.
 */
export const DigitalId = /* @__PURE__ */ jsonMessage("digital id", (f) =>
  f.object({
    /** As printed on the device: 12 digits. */
    serialNo: f.filled(),
    make: f.text(),
    model: f.text(),
    type: f.words(["Fingerprint", "Slab Fingerprint", "Iris", "Face"], { Finger: "Fingerprint" }),
    /** Device provider, a legal entity in the country. */
    dp: f.text(),
    dpId: f.text(),
    /** When the identity was asked for. */
    dateTime: f.matching(ZONED_TIME),
  }),
);
export type DigitalId = MessageOf<typeof DigitalId>;
