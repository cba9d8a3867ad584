import { jsonMessage, type MessageOf } from "../../message.js";
import { MAX_TIMEOUT_MS } from "../words.js";
import { failure } from "./error.js";

/** STREAM /stream; without a time-out the stream ends after five minutes. MDS 0.9.5, "Device Stream". */
export const StreamRequest = /* @__PURE__ */ jsonMessage("stream request", (f) =>
  f.object({
    deviceId: f.id(),
    deviceSubId: f.integer("quoted", 0, 3),
    timeout: f.optional(f.integer("quoted", 1, MAX_TIMEOUT_MS)),
  }),
);
export type StreamRequest = MessageOf<typeof StreamRequest>;

/** What comes instead of frames. */
export const StreamError = /* @__PURE__ */ jsonMessage("stream error", failure);
export type StreamError = MessageOf<typeof StreamError>;
