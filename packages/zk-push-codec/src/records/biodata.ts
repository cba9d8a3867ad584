import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, integer, pin } from "../kind.js";

/** Fields of a unified template, the same in BIODATA and in DATA UPDATE BIODATA. */
export const BIODATA_FIELDS = {
  pin: required("Pin", pin),
  /** Which finger, eye or hand; 0 for a face. */
  number: optional("No", integer),
  /** Number of the template of it, from 0. */
  index: optional("Index", integer),
  /** 1 unless the template is not valid. */
  valid: optional("Valid", integer),
  duress: optional("Duress", integer),
  /** See `BIOMETRIC_TYPES`. */
  type: optional("Type", integer),
  majorVersion: optional("MajorVer", integer),
  minorVersion: optional("MinorVer", integer),
  /** See `TEMPLATE_FORMATS`. */
  format: optional("Format", integer),
  template: optional("Tmp", base64, "Template"),
} as const;

/**
 * BIODATA, one unified template of any type, in a BIODATA body.
 *
 * Attendance PUSH 3.7, 11.12.
 *
 *     BIODATA SP Pin= HT No= HT Index= HT Valid= HT Duress= HT Type= HT MajorVer= HT MinorVer=
 *       HT Format= HT Tmp=
 */
export const BiodataRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "BIODATA",
  { section: "11.12" },
  BIODATA_FIELDS,
);
export type BiodataRecord = ValueOf<typeof BiodataRecord>;
