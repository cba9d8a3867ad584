export { Accept, CHALLENGE_LENGTH } from "./accept.js";
export { Apdu } from "./apdu.js";
export { CaHandback, CHECK_RESULTS, type CheckResult } from "./ca-handback.js";
export { CaHandover } from "./ca-handover.js";
export { Close } from "./close.js";
export { File } from "./file.js";
export { Finish } from "./finish.js";
export { loggableMonitoring, Monitoring } from "./monitoring.js";
export {
  type ClientMessage,
  type DecodeOptions,
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
  type ServerMessage,
} from "./registry.js";
export { Result } from "./result.js";
export { SecureMessagingInfo } from "./secure-messaging-info.js";
export { Start } from "./start.js";
