export * from "./chain.js";
export * from "./detect.js";
export * from "./rule.js";
