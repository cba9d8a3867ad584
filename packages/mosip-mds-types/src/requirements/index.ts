export * from "./capabilities.js";
export * from "./check.js";
export * from "./compliance.js";
export * from "./physical-id.js";
