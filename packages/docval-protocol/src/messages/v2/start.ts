import * as z from "zod/mini";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";
import { textMessage } from "./text-message.js";

/** START, client to server: who asks, and about which validation. DocVal WebSocket API v2, "START". */
export const Start = /* @__PURE__ */ textMessage("START", () => ({
  /** Maps the result to a user or session; handed through as it is. */
  validationId: text(LIMITS.identifier, 1),
  /** Names the client and so the result server. */
  clientId: text(LIMITS.identifier, 1),
  /** `android`, `iOS`, ...: any spelling of any name. */
  platform: text(LIMITS.identifier),
  /** Whether extended length APDUs get through. */
  nfcAdapterSupportsExtendedLength: z.boolean(),
  /** Asks the server to note more than it does otherwise; real clients always send it. */
  enableDiagnostics: z.exactOptional(z.boolean()),
}));
export type Start = z.output<typeof Start.schema>;
