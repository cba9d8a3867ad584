import { jsonMessage, type MessageOf } from "../../message.js";
import { ZONED_TIME } from "../../vocabulary/time.js";
import {
  BIO_TYPES_OLD,
  ENV_ALIASES,
  ENVS,
  EXCEPTIONS,
  EXCEPTIONS_OLD,
  MAX_TIMEOUT_MS,
  OLD_BIO_TYPE_ALIASES,
  PREVIOUS_HASH,
  PROCESS_ALIASES,
  PROCESSES,
} from "../words.js";

/** Names of 0.9.5 for the exceptions of the older versions. */
export const EXCEPTION_ALIASES: Readonly<Record<string, (typeof EXCEPTIONS_OLD)[number]>> =
  /* @__PURE__ */ Object.fromEntries(
    EXCEPTIONS.map((name, index) => [name, EXCEPTIONS_OLD[index]!]),
  );

/** RCAPTURE /capture. MDS 0.8.4, 5(v). */
export const RegistrationCaptureRequest = /* @__PURE__ */ jsonMessage(
  "registration capture request",
  (f) =>
    f.object({
      env: f.word(ENVS, ENV_ALIASES),
      version: f.text(),
      timeout: f.integer("bare", 1, MAX_TIMEOUT_MS),
      captureTime: f.expected(f.matching(ZONED_TIME)),
      transactionId: f.text(),
      registrationId: f.text(),
      /** The document shows "Auth/Enrollment": Enrollment is read as Registration. */
      mosipProcess: f.word(PROCESSES, PROCESS_ALIASES),
      bio: f.list(
        f.object({
          /** FMR asks for minutiae. */
          type: f.word(BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES),
          count: f.integer("bare", 1, 10),
          exception: f.expected(f.words(EXCEPTIONS_OLD, EXCEPTION_ALIASES)),
          /** Average over the count. */
          requestedScore: f.score("bare"),
          deviceId: f.id(),
          /** 1 left, 2 right, 3 thumbs or both irises, 0 unknown. */
          deviceSubId: f.integer("bare", 0, 3),
          previousHash: f.expected(f.matching(PREVIOUS_HASH)),
        }),
      ),
      customOpts: f.optional(f.pairs()),
    }),
);
export type RegistrationCaptureRequest = MessageOf<typeof RegistrationCaptureRequest>;

/** The block inside `data` of a registration capture. MDS 0.8.4, 5(v); it has no `bioType`. */
export const RegistrationCaptureBlock = /* @__PURE__ */ jsonMessage(
  "registration data block",
  (f) =>
    f.object({
      deviceCode: f.expected(f.text()),
      deviceProviderID: f.expected(f.text()),
      deviceServiceID: f.expected(f.text()),
      deviceServiceVersion: f.expected(f.text()),
      bioSubType: f.expected(f.text()),
      mosipProcess: f.expected(f.word(PROCESSES, PROCESS_ALIASES)),
      env: f.expected(f.word(ENVS, ENV_ALIASES)),
      /** The raw image, base64. */
      bioValue: f.filled(),
      /** What was extracted from it, as an ISO record, base64. */
      bioExtract: f.expected(f.text()),
      /** The document's second block has no transaction id. */
      transactionId: f.optional(f.text()),
      registrationID: f.expected(f.text()),
      timestamp: f.expected(f.matching(ZONED_TIME)),
      requestedScore: f.optional(f.score("quoted")),
      qualityScore: f.optional(f.score("quoted")),
    }),
);
export type RegistrationCaptureBlock = MessageOf<typeof RegistrationCaptureBlock>;
