import { jsonMessage, type MessageOf } from "../../message.js";
import { UTC_SECONDS } from "../../vocabulary/time.js";
import { bareListToo } from "../mds-0.8.4/capture.js";
import { errorObject, failedSegment } from "../mds-0.9.5/error.js";
import {
  BIO_SUB_TYPES,
  BIO_TYPES,
  ENV_ALIASES,
  ENVS,
  FINGER,
  MAX_TIMEOUT_MS,
  PREVIOUS_HASH,
  SHA256_HEX,
} from "../words.js";
import { SBI_PURPOSES } from "./discovery.js";
import { SPEC_VERSION } from "./version.js";

/** CAPTURE /capture. SBI 1.0, "Capture Request". */
export const CaptureRequest = /* @__PURE__ */ jsonMessage("capture request", (f) =>
  f.object({
    env: f.word(ENVS, ENV_ALIASES),
    purpose: f.word(SBI_PURPOSES),
    specVersion: f.matching(SPEC_VERSION),
    timeout: f.integer("quoted", 1, MAX_TIMEOUT_MS),
    captureTime: f.expected(f.matching(UTC_SECONDS)),
    domainUri: f.text(),
    transactionId: f.filled(),
    bio: f.list(
      f.object({
        type: f.word(BIO_TYPES, FINGER),
        count: f.integer("quoted", 1, 10),
        bioSubType: f.optional(f.words(BIO_SUB_TYPES)),
        requestedScore: f.score("quoted"),
        serialNo: f.id(),
        deviceSubId: f.integer("quoted", 0, 3),
        previousHash: f.expected(f.matching(PREVIOUS_HASH)),
      }),
    ),
    customOpts: f.optional(f.pairs()),
  }),
);
export type CaptureRequest = MessageOf<typeof CaptureRequest>;

/** Payload of `data`: no device code, the digital id says which device. SBI 1.0, "Capture Response". */
export const CaptureBlock = /* @__PURE__ */ jsonMessage("capture data block", (f) =>
  f.object({
    digitalId: f.expected(f.filled()),
    deviceServiceVersion: f.expected(f.text()),
    bioType: f.expected(f.word(BIO_TYPES, FINGER)),
    bioSubType: f.optional(f.word(BIO_SUB_TYPES)),
    purpose: f.expected(f.word(SBI_PURPOSES)),
    env: f.expected(f.word(ENVS, ENV_ALIASES)),
    domainUri: f.expected(f.text()),
    bioValue: f.filled(),
    transactionId: f.expected(f.text()),
    timestamp: f.expected(f.matching(UTC_SECONDS)),
    requestedScore: f.expected(f.score("quoted")),
    qualityScore: f.expected(f.score("quoted")),
  }),
);
export type CaptureBlock = MessageOf<typeof CaptureBlock>;

/** Answer to CAPTURE; the vendor may add pairs of his own. SBI 1.0, "Capture Response". */
export const CaptureResponse = /* @__PURE__ */ jsonMessage(
  "capture response",
  (f) =>
    f.object({
      biometrics: f.list(
        f.either([
          f.object({
            specVersion: f.expected(f.matching(SPEC_VERSION)),
            data: f.filled(),
            hash: f.expected(f.matching(SHA256_HEX)),
            sessionKey: f.expected(f.filled()),
            thumbprint: f.expected(f.matching(SHA256_HEX)),
            error: f.optional(errorObject(f)),
            additionalInfo: f.optional(f.pairs()),
          }),
          failedSegment(f, SPEC_VERSION),
        ]),
      ),
    }),
  { received: bareListToo },
);
export type CaptureResponse = MessageOf<typeof CaptureResponse>;
