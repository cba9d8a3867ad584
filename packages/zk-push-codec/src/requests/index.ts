export {
  type DeviceRequest,
  decodeRequest,
  encodeRequest,
  REQUESTS,
  type RequestName,
  requestNameOf,
} from "./any.js";
export * from "./command-replies.js";
export { FactorsRequest } from "./exchange-factors.js";
export { PublicKeyRequest } from "./exchange-public-key.js";
export * from "./get-command.js";
export * from "./get-file.js";
export * from "./initialization.js";
export * from "./ping.js";
export * from "./post-verify-data.js";
export * from "./push-options.js";
export * from "./remote-attendance.js";
export * from "./update-info.js";
export * from "./upload-attendance.js";
export * from "./upload-attendance-photo.js";
export * from "./upload-biodata.js";
export * from "./upload-error-log.js";
export * from "./upload-identity-card.js";
export * from "./upload-operation-log.js";
export * from "./upload-other.js";
export * from "./upload-packet.js";
