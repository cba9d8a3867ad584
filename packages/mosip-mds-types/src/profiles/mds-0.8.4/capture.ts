import type { JsonValue } from "../../json.js";
import { isArray } from "../../json.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import {
  AUTH_BIO_TYPES_OLD,
  ENV_ALIASES,
  ENVS,
  MAX_TIMEOUT_MS,
  OLD_BIO_TYPE_ALIASES,
  PREVIOUS_HASH,
  PROCESS_ALIASES,
  PROCESSES,
} from "../words.js";
import { errorObject, failure } from "./error.js";

/** CAPTURE /capture. MDS 0.8.4, 5(iii). */
export const CaptureRequest = /* @__PURE__ */ jsonMessage("capture request", (f) =>
  f.object({
    env: f.word(ENVS, ENV_ALIASES),
    mosipProcess: f.word(PROCESSES, PROCESS_ALIASES),
    /** Version of the biometric element. */
    version: f.text(),
    /** Milliseconds, as later versions say. */
    timeout: f.integer("bare", 1, MAX_TIMEOUT_MS),
    captureTime: f.expected(f.matching(ZONED_TIME)),
    transactionId: f.text(),
    bio: f.list(
      f.object({
        type: f.word(AUTH_BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES),
        count: f.integer("bare", 1, 10),
        requestedScore: f.score("bare"),
        /** 0 means every device. */
        deviceId: f.id(),
        /** 0 means any. */
        deviceSubId: f.integer("bare", 0, 3),
        previousHash: f.expected(f.matching(PREVIOUS_HASH)),
      }),
    ),
    customOpts: f.optional(f.pairs()),
  }),
);
export type CaptureRequest = MessageOf<typeof CaptureRequest>;

/** The block inside `data` of a capture. MDS 0.8.4, 5(iii); names as in that example. */
export const CaptureBlock = /* @__PURE__ */ jsonMessage("capture data block", (f) =>
  f.object({
    deviceCode: f.expected(f.text()),
    deviceProviderID: f.expected(f.text()),
    deviceServiceID: f.expected(f.text()),
    deviceServiceVersion: f.expected(f.text()),
    bioType: f.expected(f.word(AUTH_BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES)),
    bioSubType: f.expected(f.text()),
    mosipProcess: f.expected(f.word(PROCESSES, PROCESS_ALIASES)),
    env: f.expected(f.word(ENVS, ENV_ALIASES)),
    /** Encrypted with the session key, base64. */
    bioValue: f.filled(),
    transactionID: f.expected(f.text()),
    timestamp: f.expected(f.matching(ZONED_TIME)),
    /** The document's second block has no scores. */
    requestedScore: f.optional(f.score("quoted")),
    qualityScore: f.optional(f.score("quoted")),
  }),
);
export type CaptureBlock = MessageOf<typeof CaptureBlock>;

/** A bare list is read too: the document shows the member without the object round it. */
export const bareListToo = (json: JsonValue): JsonValue =>
  isArray(json) ? { biometrics: json } : json;

/** Answer to CAPTURE and RCAPTURE. MDS 0.8.4, 5(iii) and 5(v). */
export const CaptureResponse = /* @__PURE__ */ jsonMessage(
  "capture response",
  (f) =>
    f.object({
      biometrics: f.list(
        f.either([
          f.object({
            /** The block as base64 of its JSON: "the entire block is base64". */
            data: f.filled(),
            hash: f.expected(f.text()),
            /** Only where the value is encrypted. */
            sessionKey: f.optional(f.text()),
            error: f.optional(errorObject(f)),
            /** Base64, RS256 over the JSON of the block; a second one, of the hash, may follow a dot. */
            signature: f.expected(f.text()),
          }),
          failure(f),
        ]),
      ),
    }),
  { received: bareListToo },
);
export type CaptureResponse = MessageOf<typeof CaptureResponse>;
