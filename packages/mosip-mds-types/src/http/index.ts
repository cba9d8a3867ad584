export { systemClock, systemRandom } from "./clock.js";
export * from "./fetch-send.js";
export * from "./handler.js";
export * from "./local-network.js";
export { type AccessPolicy, rootDomain } from "./policy.js";
export * from "./server-handler.js";
export * from "./verb-send.js";
export * from "./wire-faults.js";
