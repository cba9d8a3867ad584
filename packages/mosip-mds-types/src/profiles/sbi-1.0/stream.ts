import { jsonMessage, type MessageOf } from "../../message.js";
import { DEVICE_TYPES, FINGER, MAX_TIMEOUT_MS } from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** Width and height of the window, in millimetres of two digits each: 6040 is 60 by 40. */
const DIMENSIONS = /^\d{4}$/;

/** STREAM /stream. SBI 1.0, "Device Stream". */
export const StreamRequest = /* @__PURE__ */ jsonMessage("stream request", (f) =>
  f.object({
    type: f.word(DEVICE_TYPES, FINGER),
    specVersion: f.matching(SPEC_VERSION),
    serialNo: f.id(),
    deviceSubId: f.integer("quoted", 0, 3),
    timeout: f.optional(f.integer("quoted", 1, MAX_TIMEOUT_MS)),
    dimensions: f.optional(f.matching(DIMENSIONS)),
  }),
);
export type StreamRequest = MessageOf<typeof StreamRequest>;
