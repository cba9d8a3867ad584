export * from "./biometric-record.js";
export {
  type Block39794,
  decodeBlock39794,
  encodeBlock39794,
} from "./container-39794.js";
export * from "./face-19794-5.js";
export type { FaceImageDataBlock } from "./face-39794-5.js";
export * from "./finger-19794-4.js";
export type { FingerImageDataBlock } from "./finger-39794-4.js";
export * from "./image-format.js";
export * from "./iris-19794-6.js";
export type { IrisImageDataBlock } from "./iris-39794-6.js";
export { codeOf as code39794 } from "./tagged.js";
