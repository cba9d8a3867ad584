import { jsonMessage, type MessageOf } from "../../message.js";

/** STREAM /stream, for registration only. MDS 0.9.2, 5.4. */
export const StreamRequest = /* @__PURE__ */ jsonMessage("stream request", (f) =>
  f.object({ deviceId: f.id(), deviceSubId: f.integer("bare", 0, 3) }),
);
export type StreamRequest = MessageOf<typeof StreamRequest>;
