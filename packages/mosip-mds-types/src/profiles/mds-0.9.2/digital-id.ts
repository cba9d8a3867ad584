import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { SLAB, SUB_TYPES_OLD } from "../words.js";

/**
 * Digital id: a JWS by the trust module, or one base64url segment where it is unsigned. MDS 0.9.2, 4.
 *
 * The text shows `type` as a list and describes it as one word: a list is written, both are read.
 */
export const DigitalId = /* @__PURE__ */ jsonMessage("digital id", (f) =>
  f.object({
    serialNo: f.filled(),
    make: f.text(),
    model: f.text(),
    type: f.words(["Fingerprint", "Iris", "Face"], { Finger: "Fingerprint" }),
    subType: f.word(SUB_TYPES_OLD, SLAB),
    deviceProvider: f.text(),
    deviceProviderId: f.text(),
    dateTime: f.matching(ZONED_TIME),
  }),
);
export type DigitalId = MessageOf<typeof DigitalId>;
