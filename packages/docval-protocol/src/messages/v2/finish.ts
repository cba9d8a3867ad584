import * as z from "zod/mini";
import { base64 } from "../../json/schemas.js";
import { textMessage } from "./text-message.js";

/** FINISH, client to server: everything was sent. DocVal WebSocket API v2, "FINISH". */
export const Finish = /* @__PURE__ */ textMessage("FINISH", () => ({
  /** Asks for RESULT. */
  sendResult: z.boolean(),
  /** What the chip made of the challenge. Null, no bytes and absent say the same: nothing. */
  activeAuthenticationSignature: z.exactOptional(z.nullable(base64())),
}));
export type Finish = z.output<typeof Finish.schema>;
