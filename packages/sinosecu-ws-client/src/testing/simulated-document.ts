import * as z from "zod/mini";
import { SinosecuError } from "../errors.js";
import { IMAGE_KINDS, type ImageKind } from "../messages/image-kinds.js";
import { type DocumentField, FIELD_ALIASES } from "../record/aliases.js";
import { type ChipFileName, type ChipFiles, chipFileName } from "../record/chip-files.js";

/** A document to be laid on the simulated reader. */
export interface SimulatedDocument {
  /** Main id of its kind: 13 is a passport, 12 a visa, 0 one that the reader does not know. */
  readonly mainId: string;
  /** What the reader calls its kind. */
  readonly name: string;
  /** What is read of it; the names on the wire follow from the service's language. */
  readonly values: { readonly [field in DocumentField]?: string };
  /** Fields with names of their own. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly images: { readonly [kind in ImageKind]?: Uint8Array };
  /** The chip's files; sent when Set DGSource was made. */
  readonly chip?: ChipFiles;
  readonly barCode?: string;
  /** Fingerprint data of a Chinese identity card. */
  readonly fingerprint?: string;
  /** What the optical checks find; by default everything is right. */
  readonly checks?: {
    readonly uvDull?: string;
    readonly fibre?: string;
    readonly source?: string;
  };
  /** It cannot be read, for this reason. */
  readonly failure?: string;
}

const text = /* @__PURE__ */ z.string().check(z.maxLength(10_000));

const documentJson = /* @__PURE__ */ z.strictObject({
  mainId: z._default(text, "13"),
  name: z._default(text, "Passport"),
  values: z.partialRecord(
    z.enum(Object.keys(FIELD_ALIASES) as [DocumentField, ...DocumentField[]]),
    text,
  ),
  extra: z.exactOptional(z.record(text, text)),
  barCode: z.exactOptional(text),
  fingerprint: z.exactOptional(text),
  checks: z.exactOptional(
    z.strictObject({
      uvDull: z.exactOptional(text),
      fibre: z.exactOptional(text),
      source: z.exactOptional(text),
    }),
  ),
  failure: z.exactOptional(text),
});

/** Names of the picture files of a folder. */
const IMAGE_FILES: ReadonlyMap<string, ImageKind> = /* @__PURE__ */ new Map(
  IMAGE_KINDS.map(({ kind }) => [kind.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase(), kind]),
);

/** First bytes of the chip's files (ICAO Doc 9303-10, tables 40 and 41). */
const CHIP_TAGS: ReadonlyMap<number, ChipFileName> = /* @__PURE__ */ new Map([
  [0x60, "COM"],
  [0x77, "SOD"],
  ...[
    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
  ].map((tag, index) => [tag, `DG${index + 1}`]),
] as [number, ChipFileName][]);

/**
 * Makes a document of the files of a folder: `document.json`; `white.jpg`, `ir.jpg`, `uv.jpg`,
 * `ocr-head.jpg`, `chip-head.jpg` (any picture format); and files of the chip (`.bin` or no
 * ending), known by their first byte, or else by name. Other files are passed over.
 *
 * @throws SinosecuError `DOCUMENT_INVALID`
 */
export const documentFromFiles = (files: ReadonlyMap<string, Uint8Array>): SimulatedDocument => {
  const json = [...files].find(([name]) => name.toLowerCase() === "document.json")?.[1];
  if (json === undefined) throw invalid("document.json in the folder, found none");
  const images: { [kind in ImageKind]?: Uint8Array } = {};
  const chip: { [name in ChipFileName]?: Uint8Array } = {};
  for (const [name, bytes] of files) {
    const stem = name.replace(/\.[^.]*$/, "");
    const kind = IMAGE_FILES.get(stem.toLowerCase());
    if (kind) images[kind] = bytes;
    else if (/^[^.]*(\.bin)?$/i.test(name)) {
      const file = chipFile(stem, bytes);
      if (file) chip[file] = bytes;
    }
  }
  return {
    ...parseDocumentJson(json),
    images,
    ...(Object.keys(chip).length > 0 ? { chip } : {}),
  };
};

const chipFile = (stem: string, bytes: Uint8Array): ChipFileName | undefined => {
  const byTag = CHIP_TAGS.get(bytes[0] ?? 0);
  return byTag ?? chipFileName(stem.replace(/^datagroup/i, "dg"));
};

const parseDocumentJson = (bytes: Uint8Array): z.infer<typeof documentJson> => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid("JSON in UTF-8 in document.json");
  }
  const parsed = z.safeParse(documentJson, value);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.map(String).join(".") || "the whole";
  throw invalid(`document.json as documented, found a fault at ${path}`);
};

const invalid = (expected: string): SinosecuError =>
  new SinosecuError("DOCUMENT_INVALID", `expected ${expected}`);
