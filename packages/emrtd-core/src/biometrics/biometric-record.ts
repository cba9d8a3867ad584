import type { BiometricGroup, BiometricInformationTemplate } from "../lds/biometric-template.js";
import type { Finding } from "../lds/finding.js";
import { decodeFaceRecord, type FaceRecord, isFaceRecord } from "./face-19794-5.js";
import { detectImageFormat, trimImage } from "./image-format.js";

interface RecordOf<Standard extends string> {
  /** What the data block is, told by its content. */
  readonly standard: Standard;
  /** Every image in it, without padding after its end. */
  readonly images: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

export interface Face19794 extends RecordOf<"19794-5"> {
  readonly record: FaceRecord;
}

/** A data block that is an image and no record. */
export type BareImage = RecordOf<"image">;

/** A data block in no form that is known: the template still has its bytes. */
export type UnknownRecord = RecordOf<"unknown">;

/** What a biometric data block holds. */
export type BiometricRecord = Face19794 | BareImage | UnknownRecord;

/**
 * Reads the data block of a template by its content, whatever its header says of the format.
 *
 * @throws EmrtdError `BIOMETRIC_INVALID` where it begins as a known record and is malformed.
 */
export const decodeBiometricRecord = ({
  data,
}: Pick<BiometricInformationTemplate, "data">): BiometricRecord => {
  if (isFaceRecord(data)) {
    const { findings, ...record } = decodeFaceRecord(data);
    const images = record.images.map(({ image }) => trimImage(image));
    return { standard: "19794-5", record, images, findings };
  }
  const findings: Finding[] = [{ code: "RECORD_UNKNOWN", where: "biometric data block" }];
  return detectImageFormat(data) === undefined
    ? { standard: "unknown", images: [], findings }
    : { standard: "image", images: [trimImage(data)], findings };
};

/** The record of each template, in order. */
export const biometricRecords = (group: BiometricGroup): BiometricRecord[] =>
  group.templates.map(decodeBiometricRecord);

/** Every image of every template, in order. */
export const biometricImages = (group: BiometricGroup): Uint8Array[] =>
  biometricRecords(group).flatMap(({ images }) => images);
