import type { Decoded } from "../data-object.js";
import type { Elements, OtherElements } from "../elements.js";
import {
  encodeSignedInfo,
  encodeSignedRecord,
  type RecordLayout,
  readSignedRecord,
  type SignedRecord,
} from "./signed-record.js";

/** Signed data of a visa record (Doc 9303-10, 5.2.3, table 90). */
export const VISA_RECORD_ELEMENTS = [
  /** Three-letter code of the issuing state or organization. */
  { tag: 0x5f28, name: "issuer", kind: "text" },
  { tag: 0x43, name: "documentType", kind: "text" },
  /** The zone of the visa, formats A and B. */
  { tag: 0x5f71, name: "mrvA", kind: "text" },
  { tag: 0x5f72, name: "mrvB", kind: "text" },
  { tag: 0x5f73, name: "numberOfEntries", kind: "integer" },
  /** Days, months, years, a byte each. */
  { tag: 0x5f74, name: "durationOfStay", kind: "bytes" },
  { tag: 0x5f75, name: "passportNumber", kind: "text" },
  { tag: 0x5f76, name: "visaType", kind: "bytes" },
  { tag: 0x5f77, name: "territory", kind: "bytes" },
  { tag: 0x49, name: "placeOfIssuance", kind: "text" },
  { tag: 0x5f25, name: "effectiveDate", kind: "date" },
  { tag: 0x5f24, name: "expirationDate", kind: "date" },
  { tag: 0x5a, name: "documentNumber", kind: "text" },
  { tag: 0x5f32, name: "additionalInformation", kind: "text" },
  { tag: 0x5b, name: "fullName", kind: "text" },
  { tag: 0x5f33, name: "surname", kind: "text" },
  { tag: 0x5f34, name: "givenNames", kind: "text" },
  { tag: 0x5f35, name: "sex", kind: "text" },
  { tag: 0x5f2b, name: "dateOfBirth", kind: "date" },
  { tag: 0x5f2c, name: "nationality", kind: "text" },
  { tag: 0x5f1f, name: "mrz", kind: "text" },
  /** File identifier in the additional biometrics application. */
  { tag: 0x5f40, name: "additionalBiometrics", kind: "integer", width: 2 },
] as const;

const LAYOUT: RecordLayout<typeof VISA_RECORD_ELEMENTS> = {
  name: "visa record",
  copyTag: 0x5f28,
  infoTag: 0x71,
  elements: VISA_RECORD_ELEMENTS,
};

export type VisaRecordInfo = Elements<typeof VISA_RECORD_ELEMENTS>;

/** A record of EF.VisaRecords. */
export type VisaRecord = SignedRecord<typeof VISA_RECORD_ELEMENTS>;

/** @throws EmrtdError `TLV_…` or `LDS_INVALID` where the record is malformed. */
export const decodeVisaRecord = (bytes: Uint8Array): Decoded<VisaRecord> =>
  readSignedRecord(bytes, LAYOUT);

/** DO 71, which the signature of a visa record is over. */
export const encodeVisaRecordInfo = (
  info: VisaRecordInfo & Partial<OtherElements>,
): Uint8Array<ArrayBuffer> => encodeSignedInfo(LAYOUT, info);

export const encodeVisaRecord = (
  record: Pick<VisaRecord, "signedBytes" | "signature" | "certificateReference"> &
    Partial<VisaRecord>,
): Uint8Array<ArrayBuffer> => encodeSignedRecord(LAYOUT, record);
