import * as z from "zod/mini";
import { jsonMessage } from "../../json/json-message.js";
import { text } from "../../json/schemas.js";
import { LIMITS } from "../../limits.js";
import { AccessKey } from "./access-key.js";

const length = () => z.exactOptional(z.int().check(z.gte(1)));

/** The first message of a client. DocVal WebSocket API v1, "1) Session begins with the Start Message". */
export const Start = /* @__PURE__ */ jsonMessage("start message", () => ({
  /** Names the client and so the result server. */
  client_id: text(LIMITS.identifier, 1),
  /** Maps the result to a user or session; handed through as it is. */
  validation_id: text(LIMITS.identifier, 1),
  access_key: AccessKey,
  nfc_adapter_supports_extended_length: z.boolean(),
  /** Bytes of a command APDU at most. */
  max_command_bytes: length(),
  /** Bytes of a response APDU at most. */
  max_response_bytes: length(),
  /** `android`, `ios`, ... */
  platform: text(LIMITS.identifier),
  enable_diagnostics: z.exactOptional(z.boolean()),
}));
export type Start = z.output<typeof Start.schema>;
