import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { bareListToo } from "../mds-0.8.4/capture.js";
import { errorObject, failedSegment } from "../mds-0.9.5/error.js";
import {
  BIO_SUB_TYPES,
  BIO_TYPES,
  ENV_ALIASES,
  ENVS,
  EXCEPTIONS,
  FINGER,
  MAX_TIMEOUT_MS,
  PREVIOUS_HASH,
  PURPOSE_WORDS,
  SHA256_HEX,
  TRANSACTION_ID,
} from "../words.js";
import { SPEC_VERSION } from "./version.js";

/** POST /rcapture. SBI draft 1, "Registration Capture Request". */
export const RegistrationCaptureRequest = /* @__PURE__ */ jsonMessage(
  "registration capture request",
  (f) =>
    f.object({
      env: f.word(ENVS, ENV_ALIASES),
      purpose: f.word(PURPOSE_WORDS),
      specVersion: f.matching(SPEC_VERSION),
      timeout: f.integer("quoted", 1, MAX_TIMEOUT_MS),
      captureTime: f.expected(f.matching(UTC_SECONDS)),
      transactionId: f.matching(TRANSACTION_ID),
      bio: f.list(
        f.object({
          type: f.word(BIO_TYPES, FINGER),
          count: f.integer("quoted", 1, 10),
          bioSubType: f.optional(f.words(BIO_SUB_TYPES)),
          exception: f.expected(f.words(EXCEPTIONS)),
          requestedScore: f.score("quoted"),
          deviceSubId: f.integer("quoted", 0, 3),
          previousHash: f.expected(f.matching(PREVIOUS_HASH)),
        }),
      ),
      customOpts: f.optional(f.pairs()),
    }),
);
export type RegistrationCaptureRequest = MessageOf<typeof RegistrationCaptureRequest>;

/** Payload of `data`. SBI draft 1, "Registration Capture Response". */
export const RegistrationCaptureBlock = /* @__PURE__ */ jsonMessage(
  "registration data block",
  (f) =>
    f.object({
      digitalId: f.expected(f.filled()),
      bioType: f.expected(f.word(BIO_TYPES, FINGER)),
      serialNo: f.filled(),
      deviceServiceVersion: f.expected(f.text()),
      bioSubType: f.optional(f.word(BIO_SUB_TYPES)),
      purpose: f.expected(f.word(PURPOSE_WORDS)),
      env: f.expected(f.word(ENVS, ENV_ALIASES)),
      bioValue: f.filled(),
      transactionId: f.expected(f.text()),
      timestamp: f.expected(f.matching(UTC_SECONDS)),
      requestedScore: f.expected(f.score("quoted")),
      qualityScore: f.expected(f.score("quoted")),
    }),
);
export type RegistrationCaptureBlock = MessageOf<typeof RegistrationCaptureBlock>;

/** Answer to /rcapture. SBI draft 1, "Registration Capture Response". */
export const RegistrationCaptureResponse = /* @__PURE__ */ jsonMessage(
  "registration capture response",
  (f) =>
    f.object({
      requestOrigin: f.optional(f.text()),
      biometrics: f.list(
        f.either([
          f.object({
            specVersion: f.expected(f.matching(SPEC_VERSION)),
            data: f.filled(),
            hash: f.expected(f.matching(SHA256_HEX)),
            error: f.optional(errorObject(f)),
          }),
          failedSegment(f, SPEC_VERSION),
        ]),
      ),
    }),
  { received: bareListToo },
);
export type RegistrationCaptureResponse = MessageOf<typeof RegistrationCaptureResponse>;
