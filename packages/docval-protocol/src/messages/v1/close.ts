import * as z from "zod/mini";
import { NO_CODE } from "../../close-code.js";
import { jsonMessage } from "../../json/json-message.js";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";

/**
 * The connection is about to be closed so, server to client: some platforms do not tell their clients of
 * a close frame. DocVal WebSocket API v1, "5a) WebSocket session close".
 */
export const Close = /* @__PURE__ */ jsonMessage("close message", () => ({
  close_code: z._default(z.int(), NO_CODE),
  /** One of the close reasons; empty for success, or none at all. */
  close_reason: z._default(text(LIMITS.identifier), ""),
}));
export type Close = z.output<typeof Close.schema>;
