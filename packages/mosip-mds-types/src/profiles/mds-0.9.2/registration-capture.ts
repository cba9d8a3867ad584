import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import { bareListToo } from "../mds-0.8.4/capture.js";
import { errorObject, failure } from "../mds-0.8.4/error.js";
import { EXCEPTION_ALIASES } from "../mds-0.8.4/registration-capture.js";
import {
  BIO_TYPES_OLD,
  ENV_ALIASES,
  ENVS,
  EXCEPTIONS_OLD,
  MAX_TIMEOUT_MS,
  OLD_BIO_TYPE_ALIASES,
  PREVIOUS_HASH,
  PURPOSE_WORDS,
} from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** RCAPTURE /capture: a registration id and no transaction id. MDS 0.9.2, 5.5. */
export const RegistrationCaptureRequest = /* @__PURE__ */ jsonMessage(
  "registration capture request",
  (f) =>
    f.object({
      env: f.word(ENVS, ENV_ALIASES),
      specVersion: f.matching(SPEC_VERSION),
      timeout: f.integer("quoted", 1, MAX_TIMEOUT_MS),
      captureTime: f.expected(f.matching(ZONED_TIME)),
      registrationId: f.text(),
      bio: f.list(
        f.object({
          type: f.word(BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES),
          count: f.integer("quoted", 1, 10),
          exception: f.expected(f.words(EXCEPTIONS_OLD, EXCEPTION_ALIASES)),
          requestedScore: f.score("quoted"),
          deviceId: f.id(),
          deviceSubId: f.integer("quoted", 0, 3),
          previousHash: f.expected(f.matching(PREVIOUS_HASH)),
        }),
      ),
      customOpts: f.optional(f.pairs()),
    }),
);
export type RegistrationCaptureRequest = MessageOf<typeof RegistrationCaptureRequest>;

/** Payload of `data`. MDS 0.9.2, 5.5. */
export const RegistrationCaptureBlock = /* @__PURE__ */ jsonMessage(
  "registration data block",
  (f) =>
    f.object({
      digitalId: f.expected(f.filled()),
      deviceCode: f.expected(f.text()),
      deviceServiceVersion: f.expected(f.text()),
      bioSubType: f.expected(f.text()),
      purpose: f.expected(f.word(PURPOSE_WORDS)),
      env: f.expected(f.word(ENVS, ENV_ALIASES)),
      bioValue: f.filled(),
      bioExtract: f.expected(f.text()),
      registrationId: f.expected(f.text()),
      timestamp: f.expected(f.matching(ZONED_TIME)),
      requestedScore: f.optional(f.score("bare")),
      qualityScore: f.optional(f.score("bare")),
    }),
);
export type RegistrationCaptureBlock = MessageOf<typeof RegistrationCaptureBlock>;

/** Answer to RCAPTURE: an object round the list, unlike CAPTURE. MDS 0.9.2, 5.5. */
export const RegistrationCaptureResponse = /* @__PURE__ */ jsonMessage(
  "registration capture response",
  (f) =>
    f.object({
      biometrics: f.list(
        f.either([
          f.object({
            specVersion: f.expected(f.matching(SPEC_VERSION)),
            data: f.filled(),
            hash: f.expected(f.text()),
            error: f.optional(errorObject(f)),
          }),
          failure(f),
        ]),
      ),
    }),
  { received: bareListToo },
);
export type RegistrationCaptureResponse = MessageOf<typeof RegistrationCaptureResponse>;
