import { jsonMessage, type MessageOf } from "../../message.js";
import { DEVICE_TYPES, ENV_ALIASES, FINGER, INFO_ENVS, STATUSES } from "../words.js";
import { CERTIFICATION_ALIASES, CERTIFICATIONS, SBI_PURPOSES } from "./discovery.js";
import { SPEC_VERSION } from "./version.js";

/** SBIINFO /info: has a body in this version alone. SBI 1.0, "Device Info Request". */
export const DeviceInfoRequest = /* @__PURE__ */ jsonMessage("device info request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES, FINGER), specVersion: f.matching(SPEC_VERSION) }),
);
export type DeviceInfoRequest = MessageOf<typeof DeviceInfoRequest>;

/** Payload of `deviceInfo`. SBI 1.0, "Device Info Response". */
export const DeviceInfo = /* @__PURE__ */ jsonMessage("device info", (f) =>
  f.object({
    deviceStatus: f.word(STATUSES),
    serialNo: f.filled(),
    firmware: f.expected(f.text()),
    certification: f.expected(f.word(CERTIFICATIONS, CERTIFICATION_ALIASES)),
    serviceVersion: f.expected(f.text()),
    deviceSubId: f.expected(f.subIds("quoted")),
    callbackId: f.text(),
    digitalId: f.filled(),
    env: f.expected(f.word(INFO_ENVS, ENV_ALIASES)),
    purpose: f.expected(f.word(SBI_PURPOSES)),
    specVersion: f.expected(f.list(f.text())),
  }),
);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;
