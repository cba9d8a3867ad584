import type { Field } from "../messages/fields.js";
import type { ImageEntry } from "../messages/image-kinds.js";
import type { Attachment, CardRecord, ClosedBy } from "./card-record.js";

/** The document on the reader, while its parts come in. */
export interface OpenRecord {
  readonly number: number;
  readonly openedAt: number;
  /** A detection or a trigger began it: every text until the next one is its own. */
  readonly announced: boolean;
  readonly detected: boolean;
  takenAway: boolean;
  fields?: readonly Field[];
  failure?: string;
  images: ImageEntry[];
  custom: Field[];
  /** When it is closed if nothing more comes; undefined while it waits for its first part. */
  deadline?: number;
}

export const openRecord = (
  number: number,
  openedAt: number,
  { announced = false, detected = false } = {},
): OpenRecord => ({
  number,
  openedAt,
  announced,
  detected,
  takenAway: false,
  images: [],
  custom: [],
});

/** Whether nothing but its being there is known. */
export const isBlank = (record: OpenRecord): boolean =>
  record.fields === undefined &&
  record.failure === undefined &&
  record.images.length === 0 &&
  record.custom.length === 0;

export const closeRecord = (record: OpenRecord, now: number, closedBy: ClosedBy): CardRecord => ({
  number: record.number,
  detected: record.detected,
  takenAway: record.takenAway,
  openedAt: record.openedAt,
  closedAt: now,
  closedBy,
  ...(record.fields === undefined ? {} : { fields: record.fields }),
  images: record.images,
  custom: record.custom,
  ...(record.failure === undefined ? {} : { failure: record.failure }),
});

/** The names under which a record has its attachments, each at most once. */
export const partNames = ({ images, custom }: Pick<OpenRecord, "images" | "custom">): string[] => [
  ...images.map(({ kind }) => kind),
  ...custom.map(({ name }) => `custom ${name}`),
];

/** An attachment without the pictures that are not there. */
export const withoutEmpty = (part: Attachment): Attachment =>
  part.kind === "images"
    ? { ...part, images: part.images.filter(({ data }) => data !== "") }
    : part;

export const namesOf = (part: Attachment): string[] =>
  partNames(
    part.kind === "images"
      ? { images: [...part.images], custom: [] }
      : { images: [], custom: [...part.fields] },
  );

/** The attachment less what the record already has to the letter: a service may send it twice. */
export const withoutRepeats = (part: Attachment, record: OpenRecord | undefined): Attachment => {
  if (record === undefined) return part;
  if (part.kind === "images") {
    const has = (image: ImageEntry) =>
      record.images.some(({ kind, data }) => kind === image.kind && data === image.data);
    return { ...part, images: part.images.filter((image) => !has(image)) };
  }
  const has = (field: Field) =>
    record.custom.some(({ name, content }) => name === field.name && content === field.content);
  return { ...part, fields: part.fields.filter((field) => !has(field)) };
};

export const attach = (record: OpenRecord, part: Attachment): void => {
  if (part.kind === "images") record.images.push(...part.images);
  else record.custom.push(...part.fields);
};
