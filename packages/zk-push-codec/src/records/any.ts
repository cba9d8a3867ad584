import type { Wire } from "../bytes.js";
import type { Context } from "../context.js";
import { ZkPushError } from "../errors.js";
import type { LineCodec } from "../keyed-message.js";
import { BiodataRecord } from "./biodata.js";
import { ComparisonPhotoRecord } from "./comparison-photo.js";
import { ErrorRecord } from "./error.js";
import { FaceRecord } from "./face.js";
import { FingerVeinRecord } from "./finger-vein.js";
import { FingerprintRecord } from "./fingerprint.js";
import { IdentityCardRecord } from "./identity-card.js";
import { OperationRecord } from "./operation.js";
import { UserRecord } from "./user.js";
import { UserPhotoRecord } from "./user-photo.js";

/** A record that names its kind in its first word; terminals mix them in one OPERLOG body. */
export type NamedRecord =
  | OperationRecord
  | UserRecord
  | IdentityCardRecord
  | FingerprintRecord
  | FaceRecord
  | FingerVeinRecord
  | BiodataRecord
  | UserPhotoRecord
  | ComparisonPhotoRecord
  | ErrorRecord;

/** Codec of each first word. */
export const NAMED_RECORDS = {
  OPLOG: OperationRecord,
  USER: UserRecord,
  IDCARD: IdentityCardRecord,
  FP: FingerprintRecord,
  FACE: FaceRecord,
  FVEIN: FingerVeinRecord,
  BIODATA: BiodataRecord,
  USERPIC: UserPhotoRecord,
  BIOPHOTO: ComparisonPhotoRecord,
  ERRORLOG: ErrorRecord,
} as const;

/** First word of a record. */
export type RecordName = keyof typeof NAMED_RECORDS;

const isRecordName = (word: string): word is RecordName => Object.hasOwn(NAMED_RECORDS, word);

/**
 * Reads a line by its first word.
 *
 * @throws ZkPushError `RECORD_MALFORMED` for a word that no record starts with, or a broken record.
 */
export const decodeNamedRecord = (line: Wire, context: Context): NamedRecord => {
  const word = /^[A-Za-z]{2,16}(?=[ \r]|$)/.exec(line)?.[0].toUpperCase() ?? "";
  if (!isRecordName(word)) {
    throw new ZkPushError("RECORD_MALFORMED", "expected a line that starts with a record's name");
  }
  return NAMED_RECORDS[word].decodeLine(line, context);
};

export const encodeNamedRecord = (record: NamedRecord, context: Context): Wire => {
  const codec: LineCodec<NamedRecord> = NAMED_RECORDS[record.record];
  return codec.encodeLine(record, context);
};
