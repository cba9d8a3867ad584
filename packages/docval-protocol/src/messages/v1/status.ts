import type * as z from "zod/mini";
import { jsonMessage } from "../../json/json-message.js";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";

/**
 * Status values in the order in which they come. Those of files and proofs that a document need not have
 * come only where it has them. DocVal WebSocket API v1, "2b) Progress Updates".
 */
export const STATUSES = [
  "READ_ATR_INFO",
  "ACCESS_CONTROL",
  "READ_SOD",
  "READ_DG14",
  "CHIP_AUTHENTICATION",
  "READ_DG15",
  "ACTIVE_AUTHENTICATION",
  "READ_DG1",
  "READ_DG2",
  "READ_DG7",
  "READ_DG11",
  "READ_DG12",
  "PASSIVE_AUTHENTICATION",
  "DONE",
] as const;
export type StatusValue = (typeof STATUSES)[number];

/** Progress, server to client, before the step that it names. */
export const Status = /* @__PURE__ */ jsonMessage("status message", () => ({
  /** One of {@link STATUSES}; a client takes any other as well. */
  status: text(LIMITS.identifier),
}));
export type Status = z.output<typeof Status.schema>;
