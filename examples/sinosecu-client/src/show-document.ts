import { join } from "node:path";
import { type Output, table, writeWholeFile } from "@org/command";
import type { VerificationReport } from "@org/emrtd-core";
import type { ReaderDocument, RecordImage } from "@org/sinosecu-ws-client";

/** Endings of picture files. */
const ENDINGS: Readonly<Record<string, string>> = { jpeg: "jpg", tiff: "tif", unknown: "bin" };

export interface ShownImage {
  readonly kind: string;
  readonly format: string | null;
  readonly bytes: number;
  readonly file: string | null;
}

/** Saves images where a folder was named, and says what they are. */
export const saveImages = async (
  images: readonly RecordImage[],
  folder: string | undefined,
  prefix = "",
): Promise<ShownImage[]> =>
  Promise.all(
    images.map(async (image) => {
      if (image.problem) return { kind: image.kind, format: null, bytes: 0, file: null };
      const { kind, format, bytes } = image;
      const stem = `${prefix}${kind.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase()}`;
      const name = `${stem.replace(/[^a-z0-9-]/g, "_")}.${ENDINGS[format] ?? format}`;
      const file = folder === undefined ? null : join(folder, name);
      if (file) await writeWholeFile(file, bytes, 0o600);
      return { kind, format, bytes: bytes.length, file };
    }),
  );

/** A document as JSON: bytes as sizes, or as the files that they were saved in. */
export const documentAnswer = async (document: ReaderDocument, folder: string | undefined) => {
  const prefix = `${String(document.number).padStart(3, "0")}-`;
  const files = document.chip && "files" in document.chip ? document.chip.files : {};
  if (folder !== undefined) {
    for (const [name, bytes] of Object.entries(files)) {
      await writeWholeFile(join(folder, `${prefix}${name}.bin`), bytes!, 0o600);
    }
  }
  return {
    ...document,
    images: await saveImages(document.images, folder, prefix),
    ...(document.chip ? { chip: { files: Object.keys(files) } } : {}),
  };
};

/** A document for a person. */
export const documentText = (
  answer: Awaited<ReturnType<typeof documentAnswer>>,
  output: Output,
): string => {
  const lines = Object.entries(answer.document)
    .filter(([name]) => !name.startsWith("mrz"))
    .map(([name, { value, source }]) => [`  ${name}`, value, source]);
  const verdict = verdictOf(answer.chipVerdict);
  return [
    output.style(
      "bold",
      `document ${answer.number}${answer.failure === undefined ? "" : `: ${answer.failure}`}`,
    ),
    ...(lines.length > 0 ? [table(lines)] : []),
    ...(answer.mrz ? [`  check digits ${answer.mrz.status}`] : []),
    ...answer.disagreements.map(
      ({ field, mrz, other, name }) => `  ${field}: the MRZ says ${mrz}, "${name}" says ${other}`,
    ),
    ...answer.images.map(
      ({ kind, format, bytes, file }) =>
        `  ${kind}: ${format === null ? "unreadable" : `${format}, ${bytes} bytes`}${file ? `, ${file}` : ""}`,
    ),
    ...(verdict === undefined ? [] : [`  chip: ${verdict}`]),
  ].join("\n");
};

const verdictOf = (verdict: ReaderDocument["chipVerdict"]): string | undefined => {
  if (verdict === undefined) return undefined;
  if (verdict.status === "undetermined") return `undetermined, ${verdict.reason}`;
  const { verdict: word, checks } = verdict.report as VerificationReport;
  const open = checks.filter(({ status }) => status === "failed" || status === "undetermined");
  return [word, ...open.map(({ id, reason }) => `${id} ${reason}`)].join(", ");
};
