export * from "./archive/command-package.js";
export { gunzip, gzipStored } from "./archive/gzip.js";
export * from "./archive/packet.js";
export { readTar, type TarEntry, writeTar } from "./archive/tar.js";
export { decodeBase64, encodeBase64, sizedBase64 } from "./base64.js";
export { equalSecrets, type Wire } from "./bytes.js";
export { bracketedCard } from "./card.js";
export { type Charset, charsetOf, decodeText, encodeText } from "./charset.js";
export * from "./command-line.js";
export * from "./commands/index.js";
export type { CodecOptions } from "./context.js";
export * from "./delivery.js";
export type { DeviceInfo } from "./device-info.js";
export { attendanceCapacity, userCapacity, WANTED_OPTIONS } from "./device-options.js";
export * from "./diagnostics.js";
export * from "./encryption.js";
export { issueRecord } from "./engine/issue.js";
export type { Handled } from "./engine/server/context.js";
export { isAccessControl } from "./engine/server/dialect.js";
export { createServerEngine, type ServerEngine } from "./engine/server/engine.js";
export type { ServerEvent } from "./engine/server/events.js";
export { createGate, type Gate, type GateOptions } from "./engine/server/gate.js";
export type {
  HandshakeOptions,
  ServedFile,
  ServerEngineOptions,
  VerifyQuestion,
} from "./engine/server/options.js";
export { createRateLimiter, type RateLimiter, type RateTerms } from "./engine/server/rates.js";
export { checkZone, instantOf, offsetMinutes, type ZonedInstant } from "./engine/zone.js";
export * from "./errors.js";
export type { Extra, Form, FormPiece, Kept } from "./fields.js";
export * from "./http.js";
export * from "./http-message.js";
export type { Codec, LineCodec, ValueOf } from "./keyed-message.js";
export type { RecordLines, UnreadableLine } from "./lines.js";
export {
  chooseIssue,
  FINGERTMP_LAST_ALGORITHM,
  type Issue,
  type MultiBio,
  negotiateTypes,
  supportsType,
} from "./multi-bio.js";
export type { ProtocolVersion } from "./protocol-version.js";
export * from "./records/index.js";
export * from "./registry.js";
export * from "./replies/index.js";
export { type MessageOf, type RequestCodec, serialNumberOf } from "./request-codec.js";
export * from "./requests/index.js";
export * from "./responses/index.js";
export * from "./return-meaning.js";
export { type Endpoint, type Route, routeOf } from "./route.js";
export { isCommandId, isSerialNumber } from "./safe.js";
export { type AttendanceDocument, attendanceDocument } from "./server/attendance-document.js";
export { checkYesterday } from "./server/daily.js";
export {
  type Deliver,
  type Published,
  type PublishOptions,
  pauseAfter,
  publishDue,
} from "./server/publish.js";
export { createReconciler, type Reconciler, type Reconciliation } from "./server/reconcile.js";
export * from "./server-store.js";
export * from "./store.js";
export * from "./tables/index.js";
export * from "./time.js";
export { encodeTimeZone } from "./time-zone.js";
export { type TransFlag, transFlagOf, transmits } from "./trans-flag.js";
export type { UserTimePeriods } from "./user-time-periods.js";
export * from "./version.js";
