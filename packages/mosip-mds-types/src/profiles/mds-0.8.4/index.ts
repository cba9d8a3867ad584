export * from "./capture.js";
export * from "./deregister.js";
export * from "./device-info.js";
export * from "./digital-id.js";
export * from "./discovery.js";
export * from "./register.js";
export * from "./registration-capture.js";
export * from "./stream.js";
