/**
 * The fields of a travel document under names of ours. What the service calls them depends on its
 * language, its version and the kind of document, and holds typing errors that no version dares to
 * mend: `Expity Data` is the date of expiry.
 */
export type DocumentField =
  | "documentCode"
  | "documentNumber"
  | "name"
  | "surname"
  | "givenNames"
  | "nationalName"
  | "nationalSurname"
  | "nationalGivenNames"
  | "sex"
  | "dateOfBirth"
  | "dateOfExpiry"
  | "issuer"
  | "nationality"
  | "placeOfBirth"
  | "placeOfIssue"
  | "dateOfIssue"
  | "authority"
  | "personalNumber"
  | "guardianName"
  | "address"
  | "mrz1"
  | "mrz2"
  | "mrz3";

/** Names in lower case, blanks single, the first that is found counts. */
export const FIELD_ALIASES: Readonly<Record<DocumentField, readonly string[]>> = {
  documentCode: ["passport type", "document type", "护照类型", "证件类型"],
  documentNumber: [
    "the passport number from mrz",
    "passport number from mrz",
    "护照号码mrz",
    "passport number",
    "passportno",
    "passport no",
    "护照号码",
    "document number",
    "证件号码mrz",
    "证件号码",
    "number id",
  ],
  name: ["english name", "英文姓名", "name", "姓名", "match english name", "英文姓名(viz)"],
  surname: [
    "english surname",
    "the family name in english",
    "英文姓",
    "surname",
    "family name",
    "surname(viz)",
    "英文姓(viz)",
    "校对英文姓",
  ],
  givenNames: [
    "english first name",
    "the given name in english",
    "英文名",
    "given name",
    "given names",
    "first name",
    "given name(viz)",
    "英文名(viz)",
    "match given name",
    "校对英文名",
  ],
  nationalName: ["national name", "本国姓名", "中文姓名", "national name(viz)", "本国姓名(viz)"],
  nationalSurname: ["national surname", "本国姓"],
  nationalGivenNames: ["national given names", "本国名"],
  sex: ["sex", "gender", "性别", "性别ocr"],
  dateOfBirth: ["date of birth", "birth date", "出生日期", "出生日期ocr"],
  dateOfExpiry: [
    "date of expiry",
    "expiry date",
    "expity data",
    "有效期至",
    "本证有效期至",
    "有效期限",
    "有效期至ocr",
  ],
  issuer: ["issuing country code", "country code(issuing)", "签发国代码", "签发国"],
  nationality: [
    "nationality code",
    "country code(nationality)",
    "持证人国籍代码",
    "nationality",
    "国籍",
    "持证人国籍代码ocr",
  ],
  placeOfBirth: ["place of birth", "birth place", "birthplacelace", "出生地点", "出生地"],
  placeOfIssue: ["place of issue", "签发地点"],
  dateOfIssue: ["date of issue", "issue date", "issuing data", "签发日期"],
  authority: [
    "authority(ocr)",
    "authority",
    "issuing authority",
    "issuer",
    "签发机关",
    "签发机关ocr",
  ],
  personalNumber: [
    "id number",
    "idnumber",
    "national id",
    "身份证号码",
    "公民身份号码",
    "身份证件号码",
    "身份证号码ocr",
  ],
  guardianName: ["guardian name", "监护人姓名"],
  address: ["address", "home address", "住址", "现住址", "地址"],
  mrz1: ["mrz1", "mrz1(original)"],
  mrz2: ["mrz2", "mrz2(original)"],
  mrz3: ["mrz3", "mrz3(original)"],
};

/** Fields that hold a whole zone, its lines joined: as the chip has it, and as it is printed. */
export const WHOLE_ZONES: ReadonlyMap<string, FieldSource> = /* @__PURE__ */ new Map([
  ["rfid mrz", "rfid"],
  ["ocr mrz", "ocr"],
]);

/** Keys among the fields that tell of the reading and not of the holder. */
export const META_FIELDS: readonly string[] = [
  "CARD_MAINID",
  "CARD_SUBID",
  "CARD_NAME",
  "CARD_TYPE",
  "CARD_SUB_TYPE",
  "CardType",
  "DESC",
  "RFID_MAINID",
  "SAMID",
  "SIDInforSource",
  "Reserve",
  "UVDull",
  "Fibre",
  "SourceType",
  "BarCode",
];

/** Where a field was read, from what the service says of it or from its name. */
export type FieldSource = "mrz" | "viz" | "rfid" | "ocr" | "unknown";

const SOURCES: ReadonlyMap<string, FieldSource> = /* @__PURE__ */ new Map([
  ["mrz", "mrz"],
  ["viz", "viz"],
  ["rfid", "rfid"],
  ["ocr", "ocr"],
]);

/** A name without its prefix of source (`RFID_`, `OCR_`), ready to be looked up. */
export const plainName = (
  name: string,
): { readonly name: string; readonly source: FieldSource } => {
  const plain = name.trim().toLowerCase().replace(/\s+/g, " ");
  const prefix = /^(rfid|ocr)_(?=.)/.exec(plain)?.[1];
  if (prefix) return { name: plain.slice(prefix.length + 1), source: SOURCES.get(prefix)! };
  if (plain.endsWith("(viz)")) return { name: plain, source: "viz" };
  if (/\(ocr\)$|[^a-z]ocr$/.test(plain)) return { name: plain, source: "ocr" };
  return { name: plain, source: /\bmrz$|mrz\d?$/.test(plain) ? "mrz" : "unknown" };
};

/** Where a field was read. */
export const sourceOf = (name: string, source: string | undefined): FieldSource =>
  source === undefined ? plainName(name).source : (SOURCES.get(source.toLowerCase()) ?? "unknown");
