import type { Decoded } from "../data-object.js";
import type { Elements, OtherElements } from "../elements.js";
import {
  encodeSignedInfo,
  encodeSignedRecord,
  type RecordLayout,
  readSignedRecord,
  type SignedRecord,
} from "./signed-record.js";

/** Signed data of an entry or exit record (Doc 9303-10, 5.1.3, table 86). */
export const TRAVEL_RECORD_ELEMENTS = [
  /** Three-letter code. */
  { tag: 0x5f44, name: "state", kind: "text" },
  { tag: 0x5f4c, name: "visaStatus", kind: "text" },
  { tag: 0x5f45, name: "travelDate", kind: "date" },
  { tag: 0x5f4b, name: "inspectionAuthority", kind: "text" },
  { tag: 0x5f46, name: "inspectionLocation", kind: "text" },
  { tag: 0x5f4a, name: "inspectorReference", kind: "text" },
  { tag: 0x5f4d, name: "inspectionResult", kind: "text" },
  /** `A` air, `S` sea, `L` land. */
  { tag: 0x5f49, name: "modeOfTravel", kind: "text" },
  /** Days. */
  { tag: 0x5f48, name: "durationOfStay", kind: "integer", width: 2 },
  { tag: 0x5f4e, name: "conditions", kind: "text" },
] as const;

const LAYOUT: RecordLayout<typeof TRAVEL_RECORD_ELEMENTS> = {
  name: "travel record",
  copyTag: 0x5f44,
  infoTag: 0x73,
  elements: TRAVEL_RECORD_ELEMENTS,
};

export type TravelRecordInfo = Elements<typeof TRAVEL_RECORD_ELEMENTS>;

/** A record of EF.EntryRecords or EF.ExitRecords. */
export type TravelRecord = SignedRecord<typeof TRAVEL_RECORD_ELEMENTS>;

/** @throws EmrtdError `TLV_…` or `LDS_INVALID` where the record is malformed. */
export const decodeTravelRecord = (bytes: Uint8Array): Decoded<TravelRecord> =>
  readSignedRecord(bytes, LAYOUT);

/** DO 73, which the signature of a travel record is over. */
export const encodeTravelRecordInfo = (
  info: TravelRecordInfo & Partial<OtherElements>,
): Uint8Array<ArrayBuffer> => encodeSignedInfo(LAYOUT, info);

export const encodeTravelRecord = (
  record: Pick<TravelRecord, "signedBytes" | "signature" | "certificateReference"> &
    Partial<TravelRecord>,
): Uint8Array<ArrayBuffer> => encodeSignedRecord(LAYOUT, record);
