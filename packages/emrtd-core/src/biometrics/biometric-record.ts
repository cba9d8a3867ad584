import type { BiometricGroup, BiometricInformationTemplate } from "../lds/biometric-template.js";
import type { Finding } from "../lds/finding.js";
import { type Block39794, decodeBlock39794, isBlock39794 } from "./container-39794.js";
import { decodeFaceRecord, type FaceRecord, isFaceRecord } from "./face-19794-5.js";
import { faceImages } from "./face-39794-5.js";
import { decodeFingerRecord, type FingerRecord, isFingerRecord } from "./finger-19794-4.js";
import { detectImageFormat, trimImage } from "./image-format.js";
import { decodeIrisRecord, type IrisRecord, isIrisRecord } from "./iris-19794-6.js";

interface Common {
  /** Every image in it, without padding after its end. */
  readonly images: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

/** What a biometric data block holds, told by its content: a record of a standard, or a bare image. */
export type BiometricRecord = Common &
  (
    | { readonly standard: "19794-4"; readonly record: FingerRecord }
    | { readonly standard: "19794-5"; readonly record: FaceRecord }
    | { readonly standard: "19794-6"; readonly record: IrisRecord }
    | Block39794
    | { readonly standard: "image" }
    /** In no form that is known: the template still has its bytes. */
    | { readonly standard: "unknown" }
  );

/**
 * Reads the data block of a template by its content, whatever its header says of the format.
 *
 * @throws EmrtdError `BIOMETRIC_INVALID` or `TLV_…` where it begins as a known record and is malformed.
 */
export const decodeBiometricRecord = ({
  data,
}: Pick<BiometricInformationTemplate, "data">): BiometricRecord => {
  if (isFaceRecord(data)) {
    const { findings, ...record } = decodeFaceRecord(data);
    return { standard: "19794-5", record, images: trimmed(record.images), findings };
  }
  if (isFingerRecord(data)) {
    const { findings, ...record } = decodeFingerRecord(data);
    return { standard: "19794-4", record, images: trimmed(record.views), findings };
  }
  if (isIrisRecord(data)) {
    const { findings, ...record } = decodeIrisRecord(data);
    const images = trimmed(record.eyes.flatMap((eye) => eye.images));
    return { standard: "19794-6", record, images, findings };
  }
  if (isBlock39794(data)) {
    const block = decodeBlock39794(data);
    return { ...block, images: blockImages(block).map(trimImage), findings: [] };
  }
  const findings: Finding[] = [{ code: "RECORD_UNKNOWN", where: "biometric data block" }];
  return detectImageFormat(data) === undefined
    ? { standard: "unknown", images: [], findings }
    : { standard: "image", images: [trimImage(data)], findings };
};

const trimmed = (holders: readonly { readonly image: Uint8Array }[]): Uint8Array[] =>
  holders.map(({ image }) => trimImage(image));

const blockImages = (block: Block39794): Uint8Array[] => {
  const present = (image: Uint8Array | undefined) => (image === undefined ? [] : [image]);
  switch (block.standard) {
    case "39794-4":
      return block.record.representationBlocks?.flatMap((view) => present(view.imageData)) ?? [];
    case "39794-5":
      return faceImages(block.record);
    case "39794-6":
      return block.record.representationBlocks?.flatMap((eye) => present(eye.irisImageData)) ?? [];
  }
};

/** The record of each template, in order. */
export const biometricRecords = (group: BiometricGroup): BiometricRecord[] =>
  group.templates.map(decodeBiometricRecord);

/** Every image of every template, in order. */
export const biometricImages = (group: BiometricGroup): Uint8Array[] =>
  biometricRecords(group).flatMap(({ images }) => images);
