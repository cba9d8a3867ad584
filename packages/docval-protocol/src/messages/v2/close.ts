import * as z from "zod/mini";
import { NO_CODE } from "../../close-code.js";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";
import { textMessage } from "./text-message.js";

/**
 * CLOSE, server to client: the connection is about to be closed so. Some platforms do not tell their
 * clients of a close frame, and for some this is the only sign of success. DocVal WebSocket API v2,
 * "CLOSE".
 */
export const Close = /* @__PURE__ */ textMessage("CLOSE", () => ({
  code: z._default(z.int(), NO_CODE),
  /** One of the close reasons; empty for success. A client takes none at all for that as well. */
  reason: z._default(text(LIMITS.identifier), ""),
}));
export type Close = z.output<typeof Close.schema>;
