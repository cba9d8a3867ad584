export * from "./channel.js";
export * from "./chip/client-chip.js";
export * from "./chip/conversation.js";
export * from "./chip/server-chip.js";
export { type ClientBehaviour, SPEC_BEHAVIOUR } from "./client/behaviour.js";
export * from "./client/client-session.js";
export { type ClientV1Options, type ClientV1Session, createClientV1 } from "./client/client-v1.js";
export { CLIENT_V1_TRANSITIONS } from "./client/client-v1-transitions.js";
export { type ClientV2Options, type ClientV2Session, createClientV2 } from "./client/client-v2.js";
export { CLIENT_V2_TRANSITIONS } from "./client/client-v2-transitions.js";
export { type RunClientOptions, runClient, type Transceive } from "./client/run-client.js";
export * from "./close-reason.js";
export * from "./codec.js";
export * from "./errors.js";
export { type DocvalFileName, type DocvalFiles, FILE_NAMES, isFileName } from "./file-name.js";
export { parseJson } from "./json/parse.js";
export { unknownFields } from "./json/schemas.js";
export type { JsonObject, JsonValue } from "./json/value.js";
export { writeJson } from "./json/write.js";
export { LIMITS } from "./limits.js";
export * as v1 from "./messages/v1/index.js";
export * as v2 from "./messages/v2/index.js";
export type { RandomBytes } from "./random.js";
export { EmrtdPassport } from "./result/emrtd-passport.js";
export type { Spelling } from "./result/spelling.js";
export { decodeResult, ValidationResult } from "./result/validation-result.js";
export { RESULT_BYTES, RESULT_SHORTENED } from "./session/result-guard.js";
export * from "./session/server-session.js";
export { createServerV1, type ServerV1Options, type ServerV1Session } from "./session/server-v1.js";
export { SERVER_V1_TRANSITIONS } from "./session/server-v1-transitions.js";
export { createServerV2, type ServerV2Session } from "./session/server-v2.js";
export { SERVER_V2_TRANSITIONS } from "./session/server-v2-transitions.js";
export { diagramLines, type Transition } from "./session/transition.js";
export {
  redactFrame,
  type TranscriptEntry,
  type TranscriptOptions,
  transcribed,
} from "./transcript.js";
