import type * as z from "zod/mini";
import { spelt } from "../../result/emrtd-passport.js";
import { textMessage } from "./text-message.js";

/**
 * RESULT, server to client: what the result server was sent, where FINISH asked for it. DocVal WebSocket
 * API v2, "RESULT". The same content as the posted one, but clients read camel case only.
 */
export const Result = /* @__PURE__ */ textMessage("RESULT", () => ({ passport: spelt("camel") }));
export type Result = z.output<typeof Result.schema>;
