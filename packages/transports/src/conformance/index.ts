export type { ApduBench, ApduLimits, ApduTransportUnderTest } from "./apdu-subject.js";
export { apduTransportCases } from "./apdu-suite.js";
export type { ChannelBench, ChannelUnderTest, Side } from "./channel-subject.js";
export { channelCases } from "./channel-suite.js";
export { type ConformanceCase, ConformanceFailure, type Delivery } from "./check.js";
