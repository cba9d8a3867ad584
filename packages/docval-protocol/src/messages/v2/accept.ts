import type * as z from "zod/mini";
import { base64 } from "../../json/schemas.js";
import { textMessage } from "./text-message.js";

/** Bytes of a challenge of active authentication; clients refuse any other number. */
export const CHALLENGE_LENGTH = 8;

/** ACCEPT, server to client: the answer to START. DocVal WebSocket API v2, "ACCEPT". */
export const Accept = /* @__PURE__ */ textMessage("ACCEPT", () => ({
  /** RND.IFD, which the chip is to sign. */
  activeAuthenticationChallenge: base64(CHALLENGE_LENGTH),
}));
export type Accept = z.output<typeof Accept.schema>;
