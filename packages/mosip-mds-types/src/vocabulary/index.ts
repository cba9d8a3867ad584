export * from "./bio-sub-type.js";
export * from "./device-sub-type.js";
export * from "./error-code.js";
export * from "./modality.js";
export * from "./quality.js";
export * from "./terms.js";
export * from "./time.js";
