import { EXTENSION, KEY_USAGES, type KeyUsage } from "../../cms/extensions.js";
import { generalizedTimeContent } from "../../cms/time.js";
import { derOctetString, derOid, derSequence, derSetOf, derUnsigned, TAG } from "../../der.js";
import type { Oid } from "../../oid.js";
import { encodeTlv } from "../../tlv.js";
import { encodeName } from "./name.js";

/** An extension ready to be written: extnValue holds `value`. */
export interface ExtensionContent {
  readonly id: Oid;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const TRUE = /* @__PURE__ */ Uint8Array.of(TAG.boolean, 1, 0xff);

export const encodeExtensions = (
  extensions: readonly ExtensionContent[],
): Uint8Array<ArrayBuffer> =>
  derSequence(
    ...extensions.map(({ id, critical, value }) =>
      derSequence(derOid(id), ...(critical ? [TRUE] : []), derOctetString(value)),
    ),
  );

const extension = (
  name: keyof typeof EXTENSION,
  value: Uint8Array,
  critical = false,
): ExtensionContent => ({ id: EXTENSION[name], critical, value });

export const subjectKeyIdentifier = (identifier: Uint8Array): ExtensionContent =>
  extension("subjectKeyIdentifier", derOctetString(identifier));

export const authorityKeyIdentifier = (identifier: Uint8Array): ExtensionContent =>
  extension("authorityKeyIdentifier", derSequence(encodeTlv(0x80, identifier)));

export const keyUsage = (...usages: readonly KeyUsage[]): ExtensionContent => {
  const bits = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const bytes = new Uint8Array(1 + (Math.max(...bits) >> 3));
  for (const bit of bits) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  // Named bits end with the last that is set (X.690, 11.2.2).
  const unused = 7 - (Math.max(...bits) & 7);
  return extension("keyUsage", encodeTlv(TAG.bitString, Uint8Array.of(unused), bytes), true);
};

/** For an authority: `cA` and no authority below it (Doc 9303-12, 7.1.1, table 6). */
export const authorityConstraints = (): ExtensionContent =>
  extension("basicConstraints", derSequence(TRUE, derUnsigned(0)), true);

export const privateKeyUsagePeriod = (notBefore: Date, notAfter: Date): ExtensionContent =>
  extension(
    "privateKeyUsagePeriod",
    derSequence(
      encodeTlv(0x80, generalizedTimeContent(notBefore)),
      encodeTlv(0x81, generalizedTimeContent(notAfter)),
    ),
  );

export const extKeyUsage = (...purposes: readonly Oid[]): ExtensionContent =>
  extension("extKeyUsage", derSequence(...purposes.map(derOid)), true);

/** The three-letter code of subject or issuer, as a directory name (Doc 9303-12, 7.1.1.2). */
export const alternativeName = (
  whose: "subjectAltName" | "issuerAltName",
  code: string,
): ExtensionContent =>
  extension(whose, derSequence(encodeTlv(0xa4, encodeName([["localityName", code]]))));

export const documentTypeList = (...types: readonly string[]): ExtensionContent =>
  extension(
    "documentTypeList",
    derSequence(derUnsigned(0), derSetOf(...types.map((type) => printable(type)))),
  );

/** One address; nothing in this package ever fetches it. */
export const crlDistributionPoint = (url: string): ExtensionContent =>
  extension(
    "cRLDistributionPoints",
    derSequence(
      derSequence(encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, new TextEncoder().encode(url))))),
    ),
  );

const printable = (text: string): Uint8Array =>
  encodeTlv(TAG.printableString, new TextEncoder().encode(text));
