import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { UUID_V4 } from "../words.js";
import { SERVER_ENV_ALIASES, SERVER_ENVS, serverError } from "./register.js";

/** POST /device/deregister; `signature` is the provider's, over the text of `device`. MDS 0.8.4, 6(ii). */
export const DeregisterRequest = /* @__PURE__ */ jsonMessage("deregister request", (f) =>
  f.object({
    device: f.object({
      deviceCode: f.matching(UUID_V4),
      env: f.word(SERVER_ENVS, SERVER_ENV_ALIASES),
      /** When the device was registered. */
      timestamp: f.matching(ZONED_TIME),
    }),
    signature: f.text(),
  }),
);
export type DeregisterRequest = MessageOf<typeof DeregisterRequest>;

/** The document shows no answer; this one mirrors that of registration. */
export const DeregisterResponse = /* @__PURE__ */ jsonMessage("deregister response", (f) =>
  f.object({
    response: f.object({
      status: f.text(),
      error: f.optional(serverError(f)),
      deviceCode: f.optional(f.matching(UUID_V4)),
      timestamp: f.matching(ZONED_TIME),
      env: f.word(SERVER_ENVS, SERVER_ENV_ALIASES),
    }),
    signature: f.text(),
  }),
);
export type DeregisterResponse = MessageOf<typeof DeregisterResponse>;
