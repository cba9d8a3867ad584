export * from "./crypto/conformance.js";
