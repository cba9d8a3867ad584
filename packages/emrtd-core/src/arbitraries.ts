export * from "./biometrics/arbitraries.js";
export * from "./lds/arbitraries.js";
export * from "./mrz/arbitraries.js";
export * from "./tape/arbitraries.js";
export * from "./tlv-arbitraries.js";
