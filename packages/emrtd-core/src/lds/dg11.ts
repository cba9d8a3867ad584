import { decodeTlv, encodeTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";
import type { Elements } from "./elements.js";
import { encodeTemplate, readTemplate, type TemplateRest } from "./template.js";

/**
 * DG11, additional personal details: every element optional (Doc 9303-10, 4.7.11, tables 71 and 72).
 * Names are as in the machine readable zone, `<<` between the identifiers, but not shortened.
 */
export const DG11_ELEMENTS = [
  { tag: 0x5f0e, name: "fullName", kind: "text" },
  { tag: 0xa0, name: "otherNames", kind: "texts", item: 0x5f0f },
  { tag: 0x5f10, name: "personalNumber", kind: "text" },
  { tag: 0x5f2b, name: "fullDateOfBirth", kind: "date" },
  /** Parts are separated by `<`, as in the address. */
  { tag: 0x5f11, name: "placeOfBirth", kind: "text" },
  { tag: 0x5f42, name: "permanentAddress", kind: "text" },
  { tag: 0x5f12, name: "telephone", kind: "text" },
  { tag: 0x5f13, name: "profession", kind: "text" },
  { tag: 0x5f14, name: "title", kind: "text" },
  { tag: 0x5f15, name: "personalSummary", kind: "text" },
  /** An image. */
  { tag: 0x5f16, name: "proofOfCitizenship", kind: "bytes" },
  { tag: 0x5f17, name: "otherTravelDocumentNumbers", kind: "text" },
  { tag: 0x5f18, name: "custodyInformation", kind: "text" },
] as const;

export type Dg11Fields = Elements<typeof DG11_ELEMENTS>;
export type Dg11 = Dg11Fields & TemplateRest;

const TAG = 0x6b;

/** @throws EmrtdError `TLV_…` where the file is malformed. */
export const decodeDg11 = (bytes: Uint8Array): Decoded<Dg11> => ({
  ...readTemplate(decodeTlv(bytes).expect(TAG, "DG11").value, DG11_ELEMENTS),
  bytes,
});

export const encodeDg11 = (content: Dg11Fields & Partial<TemplateRest>): Uint8Array<ArrayBuffer> =>
  encodeTlv(TAG, encodeTemplate(DG11_ELEMENTS, content));
