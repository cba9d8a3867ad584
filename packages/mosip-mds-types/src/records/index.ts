export {
  type CaptureHeader,
  type CaptureTime,
  type CertificationBlock,
  captureTimeOf,
  MAX_RECORD_LENGTH,
  type QualityBlock,
} from "./common.js";
export * from "./face-image.js";
export * from "./finger-image.js";
export {
  type ExtendedBlock,
  type FingerMinutiae,
  type Minutia,
  MinutiaeRecord,
} from "./finger-minutiae.js";
export * from "./finger-minutiae-2005.js";
export * from "./iris-image.js";
export * from "./jp2.js";
export * from "./make.js";
export * from "./record.js";
