export {
  type ApduBench,
  type ApduLimits,
  type ApduTransportUnderTest,
  apduTransportCases,
} from "./apdu-cases.js";
export {
  type ChannelBench,
  type ChannelUnderTest,
  channelCases,
  type Side,
} from "./channel-cases.js";
export { type ConformanceCase, ConformanceFailure, type Delivery } from "./check.js";
