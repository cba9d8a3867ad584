export { closeValue as encryptWithSessionKey } from "./encryption/session.js";
export {
  type CertificateRequest,
  type IssuerName,
  issueCertificate,
  serialNumber,
} from "./testing/certificate-writer.js";
export * from "./testing/device-server.js";
export * from "./testing/device-servers.js";
export { drawFace } from "./testing/draw-face.js";
export { type DrawnFinger, drawFinger } from "./testing/draw-finger.js";
export { drawIris, IRIS_DIAMETER } from "./testing/draw-iris.js";
export * from "./testing/drawn-source.js";
export * from "./testing/faults.js";
export * from "./testing/fixed-source.js";
export * from "./testing/management-server.js";
export { publicKeyOf } from "./testing/public-key.js";
export { drawingNumbers } from "./testing/random.js";
export * from "./testing/simulated-device.js";
export * from "./testing/trust.js";
export * from "./testing/trust-files.js";
