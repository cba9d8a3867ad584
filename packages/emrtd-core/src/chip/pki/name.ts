import { ATTRIBUTE } from "../../cms/name.js";
import type { Oid } from "../../oid.js";
import * as asn1 from "./asn1.js";

/** Attributes of a name in the order in which they are written. */
export type NameContent = readonly (readonly [attribute: keyof typeof ATTRIBUTE, text: string])[];

/** Attributes that Doc 9303-12, 7.1.1, table 5 wants as PrintableString; the others are UTF8String. */
const PRINTABLE: ReadonlySet<Oid> = /* @__PURE__ */ new Set([
  ATTRIBUTE.countryName,
  ATTRIBUTE.serialNumber,
]);

export const nameOf = (content: NameContent): asn1.Asn1 =>
  asn1.sequence(
    ...content.map(([attribute, text]) => {
      const type = ATTRIBUTE[attribute];
      const value = PRINTABLE.has(type) ? asn1.printableString(text) : asn1.utf8String(text);
      return asn1.setOf(asn1.sequence(asn1.oid(type), value));
    }),
  );

export const encodeName = (content: NameContent): Uint8Array<ArrayBuffer> =>
  asn1.encode(nameOf(content));
