export * from "./channel.js";
export { type ClientMachine, createClientMachine } from "./client/client-machine.js";
export type { ClientInput, ClientMachineOptions, ClientStep } from "./client/client-step.js";
export {
  type BackoffOptions,
  CONNECTION_TRANSITIONS,
  type ConnectionEvent,
  type ConnectionState,
} from "./client/connection.js";
export type { ClientEvent, DeviceState, MessageReason, ReaderStatus } from "./client/events.js";
export type { Settings } from "./client/greeting.js";
export { openReader } from "./client/open-reader.js";
export type { Outcome } from "./client/outcome.js";
export type {
  ChipVerdict,
  DeviceInfo,
  Reader,
  ReaderDocument,
  ReaderEvents,
  ReaderOptions,
  RequestOptions,
  TriggerOutcome,
} from "./client/reader.js";
export * from "./client-message.js";
export * from "./errors.js";
export * from "./limits.js";
export * from "./messages/ask-for-support.js";
export * from "./messages/bar-code-recog.js";
export * from "./messages/base64-image.js";
export * from "./messages/card-content-text.js";
export * from "./messages/card-detected.js";
export * from "./messages/card-takenaway.js";
export type { Codec } from "./messages/codec.js";
export * from "./messages/custom-data.js";
export * from "./messages/device-name.js";
export * from "./messages/device-serial-no.js";
export * from "./messages/device-type.js";
export * from "./messages/dg-source.js";
export * from "./messages/display.js";
export * from "./messages/doc-info-all-in-one.js";
export type { Item } from "./messages/envelope.js";
export type { AnyExchange, Exchange, Reply, Source } from "./messages/exchange.js";
export type { Field } from "./messages/fields.js";
export * from "./messages/if-check-source-type.js";
export * from "./messages/if-detect-fibre.js";
export * from "./messages/if-detect-uv-dull.js";
export * from "./messages/if-enable-callback.js";
export * from "./messages/if-notify-card-detected.js";
export {
  IMAGE_KINDS,
  type ImageEntry,
  type ImageKind,
  kindsOf,
  maskOf,
} from "./messages/image-kinds.js";
export * from "./messages/image-message.js";
export * from "./messages/images.js";
export * from "./messages/mrz-on-white-image.js";
export type { Notification } from "./messages/notification.js";
export * from "./messages/online-status.js";
export * from "./messages/online-status-ex.js";
export * from "./messages/only-acquire-image.js";
export * from "./messages/recog-specified.js";
export * from "./messages/reconnect.js";
export * from "./messages/rejection.js";
export * from "./messages/restart-service.js";
export * from "./messages/result-type.js";
export * from "./messages/rfid.js";
export * from "./messages/set-doc-info-all-in-one.js";
export * from "./messages/sid.js";
export * from "./messages/take-photo.js";
export * from "./messages/take-photo-ocr.js";
export * from "./messages/trigger.js";
export * from "./messages/trigger-ex.js";
export * from "./messages/version-info.js";
export * from "./messages/viz.js";
export * from "./messages/want-field-source.js";
export * from "./messages/web-constant.js";
export * from "./proxy/origin-policy.js";
export * from "./proxy/relay.js";
export {
  type DocumentField,
  FIELD_ALIASES,
  type FieldSource,
} from "./record/aliases.js";
export {
  type CheckField,
  type CheckStatus,
  formatCheckField,
  type PageChecks,
  type PageSource,
  parseCheckField,
} from "./record/checks.js";
export { type ChipFileName, type ChipFiles, chipFiles } from "./record/chip-files.js";
export {
  type BarCode,
  type ChipData,
  type Disagreement,
  type DocumentRecord,
  type FieldValue,
  type MrzFinding,
  type RecordImage,
  readRecord,
} from "./record/document-record.js";
export {
  type DecodedImage,
  decodeImage,
  encodeImage,
  type ImageFormat,
  imageFormat,
} from "./record/image.js";
export type { ParsedMrz, ParseMrz } from "./record/mrz.js";
export { redact } from "./redact.js";
export * from "./registry.js";
export { meaningOf, SENTENCES, type SentenceId, type SentenceMeaning } from "./sentences.js";
export * from "./service-message.js";
export type { Attachment, CardRecord, ClosedBy, UncertainReason } from "./session/card-record.js";
export {
  type CardSession,
  type CardSessionOptions,
  createCardSession,
  type SessionEvent,
  type SessionInput,
  type SessionStep,
} from "./session/card-session.js";
export {
  SESSION_RULES,
  type SessionAction,
  type SessionInputKind,
  type SessionState,
} from "./session/session-rules.js";
