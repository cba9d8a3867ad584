import type { Fields } from "../../fields.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { FINGER, KINDS, LEVEL_WORDS, SLAB, STATUSES, SUB_TYPES_OLD, UUID_V4 } from "../words.js";

/** Environments in the words of the device server. */
export const SERVER_ENVS = ["prod", "development", "stage"] as const;
export const SERVER_ENV_ALIASES = {
  Production: "prod",
  Developer: "development",
  Staging: "stage",
} as const;

/** POST /device/register, management server to device server. MDS 0.8.4, 6(i). */
export const RegisterRequest = /* @__PURE__ */ jsonMessage("register request", (f) =>
  f.object({
    deviceData: f.object({
      type: f.word(KINDS, FINGER),
      subType: f.word(SUB_TYPES_OLD, SLAB),
      status: f.word(STATUSES),
      deviceId: f.id(),
      deviceProviderName: f.text(),
      deviceProviderId: f.text(),
      deviceInfo: f.object({
        deviceSubId: f.subIds("bare"),
        firmware: f.text(),
        deviceModel: f.text(),
        deviceMake: f.text(),
        deviceExpiry: f.text(),
        certification: f.word(LEVEL_WORDS),
        timestamp: f.matching(ZONED_TIME),
      }),
      foundationalTrustProviderID: f.text(),
      /** Base64, by the trust module, over the text of `deviceInfo`. */
      foundationalTrustSignature: f.text(),
      /** Base64 of the trust module's certificate. */
      foundationTrustCertificate: f.text(),
    }),
    /** Base64, by the device provider, over the text of `deviceData`. */
    dpSignature: f.text(),
  }),
);
export type RegisterRequest = MessageOf<typeof RegisterRequest>;

/** Error of a device server: other names than on the device. */
export const serverError = (f: Fields) => f.object({ code: f.id(), message: f.text() });

/** What the device server says; `signature` is over the text of `response`. MDS 0.8.4, 6(i). */
export const RegisterResponse = /* @__PURE__ */ jsonMessage("register response", (f) =>
  f.object({
    response: f.object({
      status: f.text(),
      error: f.optional(serverError(f)),
      /** Kept in the device and used in every capture. */
      deviceCode: f.optional(f.matching(UUID_V4)),
      timestamp: f.matching(ZONED_TIME),
      env: f.word(SERVER_ENVS, SERVER_ENV_ALIASES),
    }),
    signature: f.text(),
  }),
);
export type RegisterResponse = MessageOf<typeof RegisterResponse>;
