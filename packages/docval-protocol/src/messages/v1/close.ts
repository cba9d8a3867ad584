import * as z from "zod/mini";
import { jsonMessage } from "../../json/json-message.js";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";

/**
 * The connection is about to be closed so, server to client: some platforms do not tell their clients of
 * a close frame. DocVal WebSocket API v1, "5a) WebSocket session close".
 */
export const Close = /* @__PURE__ */ jsonMessage("close message", () => ({
  close_code: z.int(),
  /** One of the close reasons; empty for success. */
  close_reason: text(LIMITS.identifier),
}));
export type Close = z.output<typeof Close.schema>;
