import { EXTENSION } from "../cms/extensions.js";
import type { Oid } from "../oid.js";

/** What a certificate is, as its profile depends on it. */
export type CertificateRole = "document signer" | "link certificate" | "authority";

/** Mandatory, optional, or not to be used. */
export type Presence = "m" | "o" | "x";

interface ExtensionRow {
  readonly id: Oid;
  readonly name: string;
  readonly presence: { readonly [role in CertificateRole]: Presence };
  readonly critical: boolean;
}

const row = (
  id: Oid,
  name: string,
  [authority, link, signer]: readonly [Presence, Presence, Presence],
  critical = false,
): ExtensionRow => ({
  id,
  name,
  presence: { authority, "link certificate": link, "document signer": signer },
  critical,
});

/** Extensions of the authority's own certificate, of a link, of a document signer (Doc 9303-12, table 6). */
export const EXTENSION_PROFILE: readonly ExtensionRow[] = /* @__PURE__ */ (() => [
  row(EXTENSION.authorityKeyIdentifier, "authorityKeyIdentifier", ["o", "m", "m"]),
  row(EXTENSION.subjectKeyIdentifier, "subjectKeyIdentifier", ["m", "m", "o"]),
  row(EXTENSION.keyUsage, "keyUsage", ["m", "m", "m"], true),
  row(EXTENSION.privateKeyUsagePeriod, "privateKeyUsagePeriod", ["m", "m", "m"]),
  row("2.5.29.32", "certificatePolicies", ["o", "o", "o"]),
  row("2.5.29.33", "policyMappings", ["x", "x", "x"]),
  row(EXTENSION.subjectAltName, "subjectAltName", ["m", "m", "m"]),
  row(EXTENSION.issuerAltName, "issuerAltName", ["m", "m", "m"]),
  row("2.5.29.9", "subjectDirectoryAttributes", ["x", "x", "x"]),
  row(EXTENSION.basicConstraints, "basicConstraints", ["m", "m", "x"], true),
  row("2.5.29.30", "nameConstraints", ["x", "x", "x"]),
  row("2.5.29.36", "policyConstraints", ["x", "x", "x"]),
  row(EXTENSION.extKeyUsage, "extKeyUsage", ["x", "x", "x"], true),
  row(EXTENSION.cRLDistributionPoints, "cRLDistributionPoints", ["m", "m", "m"]),
  row("2.5.29.54", "inhibitAnyPolicy", ["x", "x", "x"]),
  row("2.5.29.46", "freshestCRL", ["x", "x", "x"]),
  row("1.3.6.1.5.5.7.1.1", "authorityInfoAccess", ["o", "o", "o"]),
  row("1.3.6.1.5.5.7.1.11", "subjectInfoAccess", ["o", "o", "o"]),
  row(EXTENSION.nameChange, "nameChange", ["o", "o", "x"]),
  row(EXTENSION.documentTypeList, "documentTypeList", ["x", "x", "m"]),
  row("2.16.840.1.113730.1.1", "netscapeCertType", ["x", "x", "x"]),
])();
