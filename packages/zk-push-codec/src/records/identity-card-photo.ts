import { ZkPushError } from "../errors.js";

/** What the name of an attendance photo says. */
export interface PhotoName {
  /** `YYYY-MM-DD hh:mm:ss` by the terminal's clock: that of the record it belongs to. */
  readonly time: string;
  /** Absent when nobody was recognised. */
  readonly pin?: string;
  /** Identity cards only: see `PHOTO_TYPES`. */
  readonly photoType?: number;
  /** Identity cards only. */
  readonly idNumber?: string;
}

const IDENTITY_CARD = /^(\d{14})-(\d)-(.+)-([0-9A-Za-z]{6,32})\.jpg$/i;
const PLAIN = /^(\d{14})(?:-(.+))?\.jpg$/i;

/**
 * Reads the file name of an attendance photo.
 *
 * Attendance PUSH 3.7, 11.3 (`20150731103012-123.jpg`) and 11.8
 * (`20160615093758-0-1457-210218199011304365.jpg`: time, photo type, PIN, id number).
 *
 * @returns `undefined` for a name of another shape: it is a terminal's text.
 */
export const parsePhotoName = (name: string): PhotoName | undefined => {
  const card = IDENTITY_CARD.exec(name);
  if (card !== null) {
    const [, time, type, pin, idNumber] = card as unknown as [
      string,
      string,
      string,
      string,
      string,
    ];
    return { time: timeOf(time), photoType: Number(type), pin, idNumber };
  }
  const plain = PLAIN.exec(name);
  if (plain === null) return undefined;
  const time = timeOf(plain[1]!);
  return plain[2] === undefined ? { time } : { time, pin: plain[2] };
};

/**
 * Writes the file name of an attendance photo: the longer form when it has an id number.
 *
 * @throws ZkPushError `FIELD_INVALID` for a name that would be read as another one.
 */
export const formatPhotoName = (name: PhotoName): string => {
  const { time, pin, photoType = 0, idNumber } = name;
  const digits = time.replace(/\D/g, "");
  const person = pin === undefined ? "" : `-${pin}`;
  const text =
    idNumber === undefined
      ? `${digits}${person}.jpg`
      : `${digits}-${photoType}-${pin ?? "0"}-${idNumber}.jpg`;
  const again = parsePhotoName(text);
  if (again === undefined || again.time !== time || again.idNumber !== idNumber) {
    throw new ZkPushError("FIELD_INVALID", "expected a time, a PIN and an id number for a photo");
  }
  return text;
};

const timeOf = (digits: string): string =>
  digits.replace(/^(....)(..)(..)(..)(..)(..)$/, "$1-$2-$3 $4:$5:$6");
