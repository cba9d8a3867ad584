export { type ChannelPair, createChannelPair, type SentFrame } from "./testing/channel-pair.js";
export * from "./testing/client-profiles.js";
export { createFakeClock, type FakeClock } from "./testing/fake-clock.js";
export { misbehave, SERVER_FAULTS, type ServerFaultName } from "./testing/misbehaving-server.js";
