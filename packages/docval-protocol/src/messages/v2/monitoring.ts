import type * as z from "zod/mini";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";
import { textMessage } from "./text-message.js";

/**
 * MONITORING, client to server: something to note, while diagnostics are on; at any time after START.
 * DocVal WebSocket API v2, "MONITORING".
 */
export const Monitoring = /* @__PURE__ */ textMessage("MONITORING", () => ({
  message: text(LIMITS.frame),
}));
export type Monitoring = z.output<typeof Monitoring.schema>;

/**
 * What of a monitoring message may stand in a log: anybody may have written it, so control characters
 * and line separators become spaces, and its length is cut.
 */
export const loggableMonitoring = ({ message }: Monitoring): string =>
  [...message.slice(0, LIMITS.monitoringLength)]
    .map((character) => (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character) ? " " : character))
    .join("");
