import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { FINGER, KINDS, SLAP, SUB_TYPES } from "../words.js";

/** Digital id of 0.9.5 and every later version. MDS 0.9.5, "Digital ID". */
export const DigitalId = /* @__PURE__ */ jsonMessage("digital id", (f) =>
  f.object({
    /** As printed on the device: at least 12 letters or digits. */
    serialNo: f.filled(),
    make: f.filled(),
    model: f.filled(),
    type: f.word(KINDS, FINGER),
    deviceSubType: f.word(SUB_TYPES, SLAP),
    deviceProvider: f.filled(),
    deviceProviderId: f.filled(),
    dateTime: f.matching(UTC_SECONDS),
  }),
);
export type DigitalId = MessageOf<typeof DigitalId>;
