import { isArray, isObject, type JsonValue } from "../../json.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { SLAB, SUB_TYPES_OLD } from "../words.js";

/** One type in a list is read as the type. */
const unwrapType = (json: JsonValue): JsonValue => {
  const type = isObject(json) ? json["type"] : undefined;
  return isObject(json) && type !== undefined && isArray(type) && type.length === 1
    ? { ...json, type: type[0]! }
    : json;
};

/**
 * Digital id: a JWS by the trust module, or one base64url segment where it is unsigned. MDS 0.9.2, 4.
 *
 * The text shows the types in a list and describes one word. Devices send the word and the registration
 * client of MOSIP reads nothing else: the word is written, both are read.
 */
export const DigitalId = /* @__PURE__ */ jsonMessage(
  "digital id",
  (f) =>
    f.object({
      serialNo: f.filled(),
      make: f.text(),
      model: f.text(),
      type: f.word(["Fingerprint", "Iris", "Face"], { Finger: "Fingerprint" }),
      subType: f.word(SUB_TYPES_OLD, SLAB),
      deviceProvider: f.text(),
      deviceProviderId: f.text(),
      dateTime: f.matching(ZONED_TIME),
    }),
  { received: unwrapType },
);
export type DigitalId = MessageOf<typeof DigitalId>;
