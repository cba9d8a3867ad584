import { jsonMessage, type MessageOf } from "../../message.js";
import { ENV_ALIASES, INFO_ENVS, LEVEL_WORDS, PURPOSE_WORDS, STATUSES } from "../words.js";

/** Payload of `deviceInfo`. SBI draft 1, "Device Info Response". */
export const DeviceInfo = /* @__PURE__ */ jsonMessage("device info", (f) =>
  f.object({
    deviceStatus: f.word(STATUSES),
    firmware: f.expected(f.text()),
    certification: f.expected(f.word(LEVEL_WORDS)),
    serviceVersion: f.expected(f.text()),
    deviceSubId: f.expected(f.subIds("quoted")),
    callbackId: f.text(),
    digitalId: f.filled(),
    serialNo: f.filled(),
    env: f.expected(f.word(INFO_ENVS, ENV_ALIASES)),
    purpose: f.expected(f.word(PURPOSE_WORDS)),
    specVersion: f.expected(f.list(f.text())),
    jwk: f.optional(f.jwk()),
  }),
);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;
