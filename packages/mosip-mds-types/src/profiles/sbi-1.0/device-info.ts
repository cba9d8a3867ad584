import { isObject, type JsonValue } from "../../json.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { DEVICE_TYPES, ENV_ALIASES, FINGER, INFO_ENVS, STATUSES } from "../words.js";
import { CERTIFICATION_ALIASES, CERTIFICATIONS, SBI_PURPOSES } from "./discovery.js";
import { SPEC_VERSION } from "./version.js";

/** SBIINFO /info: has a body in this version alone. SBI 1.0, "Device Info Request". */
export const DeviceInfoRequest = /* @__PURE__ */ jsonMessage("device info request", (f) =>
  f.object({ type: f.word(DEVICE_TYPES, FINGER), specVersion: f.matching(SPEC_VERSION) }),
);
export type DeviceInfoRequest = MessageOf<typeof DeviceInfoRequest>;

/**
 * The registration client of MOSIP knows devices of SBI 1.0 only where what is signed is the whole entry,
 * with the information and its error inside: such a one is read too.
 */
const unwrapEntry = (json: JsonValue): JsonValue => {
  const inside = isObject(json) ? json["deviceInfo"] : undefined;
  return isObject(inside) ? inside : json;
};

/** Payload of `deviceInfo`. SBI 1.0, "Device Info Response". */
export const DeviceInfo = /* @__PURE__ */ jsonMessage(
  "device info",
  (f) =>
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
  { received: unwrapEntry },
);
export type DeviceInfo = MessageOf<typeof DeviceInfo>;
