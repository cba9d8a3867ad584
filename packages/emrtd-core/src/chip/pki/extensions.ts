import { EXTENSION, KEY_USAGES, type KeyUsage } from "../../cms/extensions.js";
import { generalizedTimeContent } from "../../cms/time.js";
import type { Oid } from "../../oid.js";
import * as asn1 from "./asn1.js";
import { nameOf } from "./name.js";

/** An extension ready to be written: extnValue holds `value`. */
export interface ExtensionContent {
  readonly id: Oid;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export const extensionsOf = (extensions: readonly ExtensionContent[]): asn1.Asn1 =>
  asn1.sequence(
    ...extensions.map(({ id, critical, value }) =>
      asn1.sequence(
        asn1.oid(id),
        ...(critical ? [asn1.boolean(true)] : []),
        asn1.octetString(value),
      ),
    ),
  );

const extension = (
  name: keyof typeof EXTENSION,
  value: asn1.Asn1,
  critical = false,
): ExtensionContent => ({ id: EXTENSION[name], critical, value: asn1.encode(value) });

export const subjectKeyIdentifier = (identifier: Uint8Array): ExtensionContent =>
  extension("subjectKeyIdentifier", asn1.octetString(identifier));

export const authorityKeyIdentifier = (identifier: Uint8Array): ExtensionContent =>
  extension("authorityKeyIdentifier", asn1.sequence(asn1.taggedBytes(0, identifier)));

export const keyUsage = (...usages: readonly KeyUsage[]): ExtensionContent => {
  const bits = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const bytes = new Uint8Array(1 + (Math.max(...bits) >> 3));
  for (const bit of bits) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  // Named bits end with the last that is set (X.690, 11.2.2).
  const unused = 7 - (Math.max(...bits) & 7);
  return extension("keyUsage", asn1.bitString(bytes, unused), true);
};

/** For an authority: `cA` and no authority below it (Doc 9303-12, 7.1.1, table 6). */
export const authorityConstraints = (): ExtensionContent =>
  extension("basicConstraints", asn1.sequence(asn1.boolean(true), asn1.integer(0)), true);

export const privateKeyUsagePeriod = (notBefore: Date, notAfter: Date): ExtensionContent =>
  extension(
    "privateKeyUsagePeriod",
    asn1.sequence(
      asn1.taggedBytes(0, generalizedTimeContent(notBefore)),
      asn1.taggedBytes(1, generalizedTimeContent(notAfter)),
    ),
  );

export const extKeyUsage = (...purposes: readonly Oid[]): ExtensionContent =>
  extension("extKeyUsage", asn1.sequence(...purposes.map(asn1.oid)), true);

/** The three-letter code of subject or issuer, as a directory name (Doc 9303-12, 7.1.1.2). */
export const alternativeName = (
  whose: "subjectAltName" | "issuerAltName",
  code: string,
): ExtensionContent =>
  extension(whose, asn1.sequence(asn1.tagged(4, nameOf([["localityName", code]]))));

export const documentTypeList = (...types: readonly string[]): ExtensionContent =>
  extension(
    "documentTypeList",
    asn1.sequence(asn1.integer(0), asn1.setOf(...types.map(asn1.printableString))),
  );

/** One address; nothing in this package ever fetches it. */
export const crlDistributionPoint = (url: string): ExtensionContent =>
  extension(
    "cRLDistributionPoints",
    asn1.sequence(
      asn1.sequence(
        asn1.tagged(0, asn1.tagged(0, asn1.taggedBytes(6, new TextEncoder().encode(url)))),
      ),
    ),
  );
