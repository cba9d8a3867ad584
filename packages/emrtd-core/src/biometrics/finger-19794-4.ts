import { concatBytes } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import type { Finding } from "../lds/finding.js";
import { FieldReader, startsWith, writeFields } from "./fields.js";

/**
 * Finger image record of ISO/IEC 19794-4:2005, as DG3 holds one to a template.
 *
 * ```
 * record header   FIR\0 010\0, length of record (6), capture device (2), acquisition level (2), number of
 *                 fingers (1), scale units (1), scan resolution (2, 2), image resolution (2, 2),
 *                 pixel depth (1), compression (1), reserved (2)
 * each view:      length of block (4), position (1), number of views (1), view (1), quality (1),
 *                 impression (1), line length (2, 2), reserved (1), image data
 * ```
 */
export interface FingerRecord {
  readonly captureDevice: number;
  readonly acquisitionLevel: number;
  /** Fingers or palms, which may have several views each. */
  readonly fingerCount: number;
  /** 1 pixels an inch, 2 pixels a centimetre. */
  readonly scaleUnits: number;
  /** Horizontal, vertical. */
  readonly scanResolution: readonly [number, number];
  readonly imageResolution: readonly [number, number];
  readonly pixelDepth: number;
  /** 0 none, 1 packed bits, 2 WSQ, 3 JPEG, 4 JPEG 2000, 5 PNG. */
  readonly compression: number;
  readonly views: readonly FingerView[];
}

export interface FingerView {
  /** 1 right thumb to 5 right little, 6 left thumb to 10 left little (clause 7.3.2). */
  readonly position: number;
  readonly viewCount: number;
  readonly view: number;
  readonly quality: number;
  readonly impression: number;
  readonly width: number;
  readonly height: number;
  readonly image: Uint8Array;
}

export const FINGER_LIMITS = { views: 256 } as const;

const MARK = "FIR\0";
const VERSION = "010\0";
const RECORD_HEADER = 32;
const VIEW_HEADER = 14;
const PATH = "finger image record";

export const isFingerRecord = (bytes: Uint8Array): boolean => startsWith(bytes, MARK);

/**
 * Reads a finger image record and every view in it. A wrong length is put up with where only the last
 * image can be meant: it goes to the end.
 *
 * @throws EmrtdError `BIOMETRIC_INVALID` where it is malformed.
 */
export const decodeFingerRecord = (
  bytes: Uint8Array,
): FingerRecord & { readonly findings: readonly Finding[] } => {
  const findings: Finding[] = [];
  const reader = new FieldReader(bytes, PATH);
  reader.expect(MARK);
  reader.expect(VERSION);
  if (reader.integer(6) !== bytes.length) findings.push({ code: "LENGTH_MISMATCH", where: PATH });
  const two = (): [number, number] => [reader.integer(2), reader.integer(2)];
  const header = {
    captureDevice: reader.integer(2),
    acquisitionLevel: reader.integer(2),
    fingerCount: reader.integer(1),
    scaleUnits: reader.integer(1),
    scanResolution: two(),
    imageResolution: two(),
    pixelDepth: reader.integer(1),
    compression: reader.integer(1),
  };
  reader.take(2);
  const views: FingerView[] = [];
  while (reader.remaining > 0) {
    const path = `view ${views.length + 1} of ${PATH}`;
    if (views.length === FINGER_LIMITS.views) {
      throw new EmrtdError(
        "BIOMETRIC_INVALID",
        `expected at most ${FINGER_LIMITS.views} views in ${PATH}`,
        { path: PATH },
      );
    }
    const declared = new FieldReader(reader.bytes.subarray(reader.offset), path).integer(4);
    // One finger of one view is all that a travel document's record holds.
    const only = views.length === 0 && isOnlyView(header.fingerCount, reader);
    const length = only ? reader.remaining : declared;
    if (length !== declared) findings.push({ code: "LENGTH_MISMATCH", where: path });
    views.push(decodeView(new FieldReader(reader.take(length), path)));
  }
  return { ...header, views, findings };
};

const VIEW_COUNT_AT = 5;

const isOnlyView = (fingerCount: number, reader: FieldReader): boolean =>
  fingerCount === 1 && reader.bytes[reader.offset + VIEW_COUNT_AT] === 1;

const decodeView = (block: FieldReader): FingerView => {
  block.take(4);
  const view = {
    position: block.integer(1),
    viewCount: block.integer(1),
    view: block.integer(1),
    quality: block.integer(1),
    impression: block.integer(1),
    width: block.integer(2),
    height: block.integer(2),
  };
  block.take(1);
  return { ...view, image: block.take(block.remaining) };
};

/** @throws EmrtdError `BIOMETRIC_VALUE` where a number does not fit its field. */
export const encodeFingerRecord = (record: FingerRecord): Uint8Array<ArrayBuffer> => {
  const blocks = concatBytes(...record.views.map(encodeView));
  return writeFields(
    PATH,
    MARK,
    VERSION,
    [RECORD_HEADER + blocks.length, 6],
    [record.captureDevice, 2],
    [record.acquisitionLevel, 2],
    [record.fingerCount, 1],
    [record.scaleUnits, 1],
    ...record.scanResolution.map((resolution) => [resolution, 2] as const),
    ...record.imageResolution.map((resolution) => [resolution, 2] as const),
    [record.pixelDepth, 1],
    [record.compression, 1],
    [0, 2],
    blocks,
  );
};

const encodeView = (view: FingerView): Uint8Array =>
  writeFields(
    PATH,
    [VIEW_HEADER + view.image.length, 4],
    [view.position, 1],
    [view.viewCount, 1],
    [view.view, 1],
    [view.quality, 1],
    [view.impression, 1],
    [view.width, 2],
    [view.height, 2],
    [0, 1],
    view.image,
  );
