import { isObject } from "../../json.js";
import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { bareListToo } from "../mds-0.8.4/capture.js";
import { errorObject, failure } from "../mds-0.8.4/error.js";
import {
  AUTH_BIO_TYPES_OLD,
  ENV_ALIASES,
  ENVS,
  MAX_TIMEOUT_MS,
  OLD_BIO_TYPE_ALIASES,
  PREVIOUS_HASH,
  PURPOSE_WORDS,
} from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** CAPTURE /capture. MDS 0.9.2, 5.3. */
export const CaptureRequest = /* @__PURE__ */ jsonMessage("capture request", (f) =>
  f.object({
    env: f.word(ENVS, ENV_ALIASES),
    purpose: f.word(PURPOSE_WORDS),
    specVersion: f.matching(SPEC_VERSION),
    /** Milliseconds. */
    timeout: f.integer("bare", 1, MAX_TIMEOUT_MS),
    captureTime: f.expected(f.matching(ZONED_TIME)),
    domainUri: f.text(),
    transactionId: f.text(),
    bio: f.list(
      f.object({
        type: f.word(AUTH_BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES),
        count: f.integer("bare", 1, 10),
        requestedScore: f.score("bare"),
        deviceId: f.id(),
        deviceSubId: f.integer("bare", 0, 3),
        previousHash: f.expected(f.matching(PREVIOUS_HASH)),
      }),
    ),
    customOpts: f.optional(f.pairs()),
  }),
);
export type CaptureRequest = MessageOf<typeof CaptureRequest>;

/** Payload of `data`. MDS 0.9.2, 5.3. */
export const CaptureBlock = /* @__PURE__ */ jsonMessage("capture data block", (f) =>
  f.object({
    /** "Unsigned digital id", one segment. */
    digitalId: f.expected(f.filled()),
    deviceCode: f.expected(f.text()),
    deviceServiceVersion: f.expected(f.text()),
    bioType: f.expected(f.word(AUTH_BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES)),
    bioSubType: f.expected(f.text()),
    purpose: f.expected(f.word(PURPOSE_WORDS)),
    env: f.expected(f.word(ENVS, ENV_ALIASES)),
    domainUri: f.expected(f.text()),
    bioValue: f.filled(),
    transactionId: f.expected(f.text()),
    timestamp: f.expected(f.matching(ZONED_TIME)),
    requestedScore: f.optional(f.score("quoted")),
    qualityScore: f.optional(f.score("quoted")),
  }),
);
export type CaptureBlock = MessageOf<typeof CaptureBlock>;

/** Answer to CAPTURE: a bare list in this version; one inside an object is read too. MDS 0.9.2, 5.3. */
export const CaptureResponse = /* @__PURE__ */ jsonMessage(
  "capture response",
  (f) =>
    f.object({
      biometrics: f.list(
        f.either([
          f.object({
            specVersion: f.expected(f.matching(SPEC_VERSION)),
            data: f.filled(),
            hash: f.expected(f.text()),
            sessionKey: f.expected(f.text()),
            error: f.optional(errorObject(f)),
          }),
          failure(f),
        ]),
      ),
    }),
  {
    received: bareListToo,
    sent: (json) => (isObject(json) ? json["biometrics"]! : json),
  },
);
export type CaptureResponse = MessageOf<typeof CaptureResponse>;
