import { toHex } from "../bytes.js";
import { FAILURE_FIELD } from "../messages/display.js";
import type { Field } from "../messages/fields.js";
import type { ImageEntry, ImageKind } from "../messages/image-kinds.js";
import { IMAGE_KINDS } from "../messages/image-kinds.js";
import type { DocumentField } from "../record/aliases.js";
import { encodeImage } from "../record/image.js";
import type { SwitchName } from "../registry.js";
import type { Quirks } from "./quirks.js";
import type { SimulatedDocument } from "./simulated-document.js";

/** The languages that the service ships with. */
export type ServiceLocale = "en" | "zh";

/** What the simulated service was set to. */
export interface ServiceSettings {
  readonly switches: ReadonlyMap<SwitchName, boolean>;
  readonly chipFiles: boolean;
  readonly onlySidChip: boolean;
}

type Row = readonly [en: string, zh: string, source: "MRZ" | "VIZ"];

/** Names of the fields as the service writes them, in its order. */
const NAMES: { readonly [field in DocumentField]?: Row } = {
  documentCode: ["Passport type", "护照类型", "MRZ"],
  documentNumber: ["The passport number from MRZ", "护照号码MRZ", "MRZ"],
  nationalName: ["National name", "本国姓名", "VIZ"],
  name: ["English name", "英文姓名", "MRZ"],
  sex: ["Sex", "性别", "MRZ"],
  dateOfBirth: ["Date of birth", "出生日期", "MRZ"],
  dateOfExpiry: ["Date of expiry", "有效期至", "MRZ"],
  issuer: ["Issuing country code", "签发国代码", "MRZ"],
  surname: ["English surname", "英文姓", "MRZ"],
  givenNames: ["English first name", "英文名", "MRZ"],
  mrz1: ["MRZ1", "MRZ1", "MRZ"],
  mrz2: ["MRZ2", "MRZ2", "MRZ"],
  mrz3: ["MRZ3", "MRZ3", "MRZ"],
  nationality: ["Nationality code", "持证人国籍代码", "MRZ"],
  placeOfBirth: ["Place of birth", "出生地点", "VIZ"],
  placeOfIssue: ["Place of issue", "签发地点", "VIZ"],
  dateOfIssue: ["Date of issue", "签发日期", "VIZ"],
  personalNumber: ["ID Number", "身份证号码", "VIZ"],
  authority: ["Authority(OCR)", "签发机关OCR", "VIZ"],
  nationalSurname: ["National surname", "本国姓", "VIZ"],
  nationalGivenNames: ["National given names", "本国名", "VIZ"],
  guardianName: ["Guardian Name", "监护人姓名", "VIZ"],
  address: ["Address", "住址", "VIZ"],
};

/** The text of a document, as the settings and quirks have it. */
export const readText = (
  document: SimulatedDocument,
  settings: ServiceSettings,
  quirks: Quirks,
  locale: ServiceLocale,
): Field[] => {
  const on = (name: SwitchName) => settings.switches.get(name) ?? false;
  const withSource = on("WantFieldSource") || quirks.has("field-sources");
  const field = (name: string, content: string, source: string): Field => ({
    name: quirks.has("field-prefixes") ? `${source === "RFID" ? "RFID" : "OCR"}_${name}` : name,
    content,
    ...(withSource ? { source } : {}),
  });
  const meta = (name: string, content: string): Field => ({ name, content });
  const values = (Object.entries(NAMES) as [DocumentField, Row][]).flatMap(
    ([key, [en, zh, source]]) => {
      const content = document.values[key];
      const read = content !== undefined && (source === "MRZ" || on("VIZ"));
      return read ? [field(locale === "en" ? en : zh, content, source)] : [];
    },
  );
  return [
    meta("CARD_MAINID", document.mainId),
    meta("CARD_SUBID", "1"),
    meta("CARD_NAME", document.name),
    ...(document.failure === undefined ? values : [meta(FAILURE_FIELD, document.failure)]),
    ...Object.entries(document.extra ?? {}).map(([name, content]) => field(name, content, "VIZ")),
    ...checkFields(document, on, quirks),
    ...(settings.chipFiles && on("RFID") ? chipFields(document) : []),
  ];
};

const checkFields = (
  { checks = {}, barCode }: SimulatedDocument,
  on: (name: SwitchName) => boolean,
  quirks: Quirks,
): Field[] => [
  ...(on("IfDetectUVDull") ? [{ name: "UVDull", content: checks.uvDull ?? "YY" }] : []),
  ...(on("IfDetectFibre")
    ? [
        {
          name: quirks.has("fibre-as-uvdull") && !on("IfDetectUVDull") ? "UVDull" : "Fibre",
          content: checks.fibre ?? "YY5",
        },
      ]
    : []),
  ...(on("IfCheckSourceType") ? [{ name: "SourceType", content: checks.source ?? "YY0" }] : []),
  ...(on("BarCodeRecog") ? [{ name: "BarCode", content: barCode ?? "" }] : []),
];

const chipFields = ({ chip = {} }: SimulatedDocument): Field[] =>
  Object.entries(chip).map(([name, bytes]) => ({
    name: name === "COM" || name === "SOD" ? `EF.${name}` : name,
    content: toHex(bytes!),
  }));

/** Which pictures the settings let the reader take. */
const isTaken = (kind: ImageKind, settings: ServiceSettings): boolean => {
  if (kind === "ChipHead") return settings.switches.get("RFID") ?? false;
  return !(settings.onlySidChip && !kind.startsWith("Sid"));
};

/** The images of a document, as texts; `mask` leaves only those of its bits. */
export const readImages = (
  document: SimulatedDocument,
  settings: ServiceSettings,
  quirks: Quirks,
  mask?: number,
): ImageEntry[] =>
  IMAGE_KINDS.flatMap(({ kind, bit }) => {
    const bytes = document.images[kind];
    const wanted = mask === undefined ? isTaken(kind, settings) : (mask & bit) !== 0;
    if (bytes === undefined || !wanted) return [];
    const code = quirks.has("image-codes") && bit !== 0 ? { code: bit } : {};
    const data = encodeImage({ bytes, ...code });
    return [{ kind, data: quirks.has("image-bare") ? data.slice(data.indexOf(",") + 1) : data }];
  });
