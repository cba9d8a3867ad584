import * as z from "zod/mini";
import { SecureMessagingInfo } from "./secure-messaging-info.js";
import { textMessage } from "./text-message.js";

/** `UNAVAILABLE`: the chip offers no chip authentication that can be done. */
export const CHECK_RESULTS = ["SUCCESS", "FAILED", "UNAVAILABLE"] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/**
 * CA_HANDBACK, server to client: chip authentication is over and the client reads on. DocVal WebSocket
 * API v2, "CA_HANDBACK". Real clients refuse it without `secureMessagingInfo`, whatever the result, and
 * before the FILE message with dg1.
 */
export const CaHandback = /* @__PURE__ */ textMessage("CA_HANDBACK", () => ({
  checkResult: z.enum(CHECK_RESULTS),
  /** The session to go on with: new keys after SUCCESS, else the old ones with the counter moved on. */
  secureMessagingInfo: SecureMessagingInfo,
}));
export type CaHandback = z.output<typeof CaHandback.schema>;
