import { jsonMessage, type MessageOf } from "../../message.js";
import { MAX_TIMEOUT_MS } from "../words.js";

/** POST /stream. SBI draft 1, "Device Stream". */
export const StreamRequest = /* @__PURE__ */ jsonMessage("stream request", (f) =>
  f.object({
    deviceSubId: f.integer("quoted", 0, 3),
    timeout: f.optional(f.integer("quoted", 1, MAX_TIMEOUT_MS)),
  }),
);
export type StreamRequest = MessageOf<typeof StreamRequest>;
