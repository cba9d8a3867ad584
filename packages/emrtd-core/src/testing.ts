export * from "./chip/index.js";
export * from "./chip/pki.js";
