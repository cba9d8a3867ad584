export * from "./conformance/device-service.js";
