export * from "./biometric-record.js";
export * from "./face-19794-5.js";
export * from "./image-format.js";
