import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";
import type { Elements } from "./elements.js";
import { encodeTemplate, readTemplate, type TemplateRest } from "./template.js";

/** DG12, additional document details: every element optional (Doc 9303-10, 4.7.12, tables 73 and 74). */
export const DG12_ELEMENTS = [
  { tag: 0x5f19, name: "issuingAuthority", kind: "text" },
  { tag: 0x5f26, name: "dateOfIssue", kind: "date" },
  { tag: 0xa0, name: "otherPersons", kind: "texts", item: 0x5f1a },
  { tag: 0x5f1b, name: "endorsements", kind: "text" },
  { tag: 0x5f1c, name: "taxExitRequirements", kind: "text" },
  /** Images. */
  { tag: 0x5f1d, name: "imageOfFront", kind: "bytes" },
  { tag: 0x5f1e, name: "imageOfRear", kind: "bytes" },
  { tag: 0x5f55, name: "personalizationTime", kind: "dateTime" },
  { tag: 0x5f56, name: "personalizationSystemSerialNumber", kind: "text" },
] as const;

export type Dg12Fields = Elements<typeof DG12_ELEMENTS>;
export type Dg12 = Dg12Fields & TemplateRest;

const TAG = 0x6c;

/** @throws EmrtdError `TLV_…` where the file is malformed. */
export const decodeDg12 = (bytes: Uint8Array): Decoded<Dg12> => ({
  ...readTemplate(decodeTlv(bytes).expect(TAG, "DG12").value, DG12_ELEMENTS),
  bytes,
});

export const encodeDg12 = (content: Dg12Fields & Partial<TemplateRest>): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, encodeTemplate(DG12_ELEMENTS, content));
