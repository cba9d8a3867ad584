import { jsonMessage, type MessageOf } from "../../message.js";
import {
  BIO_TYPES_OLD,
  ENV_ALIASES,
  ENVS,
  EXCEPTIONS_OLD,
  OLD_BIO_TYPE_ALIASES,
  PROCESS_ALIASES,
  PROCESSES,
} from "../words.js";
import { EXCEPTION_ALIASES } from "./registration-capture.js";

/** STREAM /stream: the live preview, for registration only. MDS 0.8.4, 5(iv). */
export const StreamRequest = /* @__PURE__ */ jsonMessage("stream request", (f) =>
  f.object({
    env: f.word(ENVS, ENV_ALIASES),
    mosipProcess: f.word(PROCESSES, PROCESS_ALIASES),
    version: f.text(),
    transactionId: f.text(),
    bio: f.list(
      f.object({
        type: f.word(BIO_TYPES_OLD, OLD_BIO_TYPE_ALIASES),
        count: f.integer("bare", 1, 10),
        exception: f.expected(f.words(EXCEPTIONS_OLD, EXCEPTION_ALIASES)),
        deviceId: f.id(),
        deviceSubId: f.integer("bare", 0, 3),
      }),
    ),
    customOpts: f.optional(f.pairs()),
  }),
);
export type StreamRequest = MessageOf<typeof StreamRequest>;
