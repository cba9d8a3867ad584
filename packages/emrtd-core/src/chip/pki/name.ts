import { ATTRIBUTE } from "../../cms/name.js";
import { derOid, derSequence, derSetOf, TAG } from "../../der.js";
import type { Oid } from "../../oid.js";
import { encodeTlv } from "../../tlv.js";

/** Attributes of a name in the order in which they are written. */
export type NameContent = readonly (readonly [attribute: keyof typeof ATTRIBUTE, text: string])[];

/** Attributes that Doc 9303-12, 7.1.1, table 5 wants as PrintableString; the others are UTF8String. */
const PRINTABLE: ReadonlySet<Oid> = /* @__PURE__ */ new Set([
  ATTRIBUTE.countryName,
  ATTRIBUTE.serialNumber,
]);

export const encodeName = (content: NameContent): Uint8Array<ArrayBuffer> =>
  derSequence(
    ...content.map(([attribute, text]) => {
      const type = ATTRIBUTE[attribute];
      const tag = PRINTABLE.has(type) ? TAG.printableString : TAG.utf8String;
      const value = encodeTlv(tag, new TextEncoder().encode(text));
      return derSetOf(derSequence(derOid(type), value));
    }),
  );
