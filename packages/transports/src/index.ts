export {
  type ApduTransport,
  type CardInfo,
  type CardReceive,
  type TransceiveOptions,
  type Unsubscribe,
  waitForCard,
} from "./apdu-transport.js";
export {
  type Channel,
  type ChannelOptions,
  CLOSE_REASON_BYTES,
  type CloseInfo,
  cutCloseReason,
  type Frame,
} from "./channel.js";
export { type Clock, systemClock } from "./clock.js";
export { fromWebCloseCode, isSendableCloseCode, toWebCloseCode } from "./close-code.js";
export {
  type Fault,
  TRANSPORT_ERRORS,
  TransportError,
  type TransportErrorCode,
  type TransportErrorDetails,
} from "./errors.js";
export {
  type ChannelPair,
  type ChannelPairOptions,
  createChannelPair,
} from "./memory/channel-pair.js";
export {
  createMemoryTransport,
  DEFAULT_ATR,
  type MemoryTransport,
  type MemoryTransportOptions,
} from "./memory/memory-transport.js";
export { type ApduFraming, rawApduFraming } from "./relay/framing.js";
export { createRelayTransport, type RelayTransportOptions } from "./relay/relay-transport.js";
export { type ServeRelayOptions, serveRelay } from "./relay/serve-relay.js";
export {
  type RecordChannelOptions,
  type RecordedExchange,
  type RecordOptions,
  type RecordTransportOptions,
  recordChannel,
  recordTransport,
} from "./tape/record.js";
export { type ReplayTransport, replayChannel, replayTransport } from "./tape/replay.js";
export {
  parseTape,
  type SecretRange,
  TAPE_LIMITS,
  type Tape,
  type TapeEntry,
  type TapeFrame,
  type TapeKind,
} from "./tape/tape.js";
export {
  createVpcdDecoder,
  encodeVpcdFrame,
  VPCD_BODY_BYTES,
  VPCD_CONTROL,
  VPCD_PORT,
  type VpcdDecoder,
  type VpcdDecoderOptions,
} from "./vpcd/frame.js";
export { withSignal } from "./wrappers/abort.js";
export { type DeadlineOptions, withDeadline, withTimeout } from "./wrappers/deadline.js";
export {
  type LogOptions,
  type TransportEvent,
  withChannelLog,
  withLog,
} from "./wrappers/logging.js";
