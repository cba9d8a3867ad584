export { NAMED_RECORDS, type NamedRecord, type RecordName } from "./any.js";
export { AttendanceRecord } from "./attendance.js";
export type {
  AttendanceDetails,
  ExtendedDetails,
  IdentityCardDetails,
  PlainDetails,
} from "./attendance-details.js";
export * from "./attendance-photo.js";
export { BiodataRecord } from "./biodata.js";
export * from "./comparison-photo.js";
export * from "./error.js";
export * from "./face.js";
export * from "./finger-vein.js";
export { FingerprintRecord } from "./fingerprint.js";
export { IdentityCardRecord } from "./identity-card.js";
export * from "./identity-card-attendance.js";
export * from "./identity-card-photo.js";
export * from "./operation.js";
export { UserRecord } from "./user.js";
export * from "./user-photo.js";
