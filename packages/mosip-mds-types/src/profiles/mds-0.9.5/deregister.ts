import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { ENV_ALIASES, ENVS, UUID_V4 } from "../words.js";
import { errorsToo, serverErrors } from "./register.js";

/** Payload of `device`, signed by the device provider. MDS 0.9.5, "De-Register". */
export const DeregisteredDevice = /* @__PURE__ */ jsonMessage("device to de-register", (f) =>
  f.object({ deviceCode: f.matching(UUID_V4), env: f.word(ENVS, ENV_ALIASES) }),
);
export type DeregisteredDevice = MessageOf<typeof DeregisteredDevice>;

/** POST /v1/masterdata/device/deregister. */
export const DeregisterRequest = /* @__PURE__ */ jsonMessage("deregister request", (f) =>
  f.object({
    id: f.word(["io.mosip.devicederegister"]),
    version: f.text(),
    request: f.object({ device: f.filled(), isItForRegistrationDevice: f.flag() }),
    requesttime: f.matching(UTC_SECONDS),
  }),
);
export type DeregisterRequest = MessageOf<typeof DeregisterRequest>;

/** Payload of `response`, signed by MOSIP. */
export const Deregistration = /* @__PURE__ */ jsonMessage("deregistration", (f) =>
  f.object({
    /** "Success". */
    status: f.text(),
    deviceCode: f.matching(UUID_V4),
    env: f.word(ENVS, ENV_ALIASES),
    timestamp: f.matching(UTC_SECONDS),
  }),
);
export type Deregistration = MessageOf<typeof Deregistration>;

/** Answer of the device server. */
export const DeregisterResponse = /* @__PURE__ */ jsonMessage(
  "deregister response",
  (f) =>
    f.object({
      id: f.word(["io.mosip.devicederegister"]),
      version: f.text(),
      responsetime: f.matching(UTC_SECONDS),
      response: f.optional(f.filled()),
      error: f.optional(serverErrors(f)),
    }),
  { received: errorsToo },
);
export type DeregisterResponse = MessageOf<typeof DeregisterResponse>;
