import { limitedVerifier } from "../cms/limited-verifier.js";
import { readable } from "../cms/readable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { countryOf, mayLink, sameCountryOf } from "./authority.js";
import type { CrlTrust } from "./crl-trust.js";
import type { DeviationListTrust } from "./deviation-list-trust.js";
import { findCertificationPath, type IssuerLookup } from "./path.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** What is trusted of one country. */
export interface CountryTrust {
  /** The code that certificates have, in capitals; null for authorities that name none. */
  readonly country: string | null;
  readonly anchors: readonly TrustedCertificate[];
  /** Authorities that are trusted because an anchor leads to them. */
  readonly renewed: readonly RenewedAnchor[];
  readonly crls: readonly CrlTrust[];
  readonly deviationLists: readonly DeviationListTrust[];
}

/** A newer key of an authority, and the anchor from which link certificates lead to it. */
export interface RenewedAnchor extends TrustedCertificate {
  readonly anchor: TrustedCertificate;
}

interface Trusted {
  readonly anchors: readonly TrustedCertificate[];
  readonly links: readonly TrustedCertificate[];
  readonly crls: readonly CrlTrust[];
  readonly deviationLists: readonly DeviationListTrust[];
}

/** Signatures of links that are verified for the view at most. */
const MAX_SIGNATURES = 2_000;

/** Countries in the order of their codes. */
export const trustByCountry = (
  { anchors, links, crls, deviationLists }: Trusted,
  lookup: IssuerLookup,
  crypto: CryptoProvider,
): readonly CountryTrust[] => {
  const groups = {
    anchors: groupBy(anchors, codeOf),
    renewed: groupBy(renewedAnchors(links, lookup, crypto), codeOf),
    crls: groupBy(crls, ({ crl }) => countryOf({ subject: crl.issuer }) ?? UNKNOWN),
    // A list that nobody signed who is trusted is nobody's.
    deviationLists: groupBy(deviationLists, ({ trust }) =>
      trust.trusted ? codeOf(trust.anchor) : UNKNOWN,
    ),
  };
  const codes = new Set(Object.values(groups).flatMap((group) => [...group.keys()]));
  return [...codes].sort().map((code) => ({
    country: code === UNKNOWN ? null : code,
    anchors: groups.anchors.get(code) ?? [],
    renewed: groups.renewed.get(code) ?? [],
    crls: groups.crls.get(code) ?? [],
    deviationLists: groups.deviationLists.get(code) ?? [],
  }));
};

const UNKNOWN = "";

const codeOf = ({ certificate }: TrustedCertificate): string => countryOf(certificate) ?? UNKNOWN;

const groupBy = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(item);
  }
  return groups;
};

const renewedAnchors = (
  links: readonly TrustedCertificate[],
  lookup: IssuerLookup,
  crypto: CryptoProvider,
): readonly RenewedAnchor[] => {
  const { verify } = limitedVerifier(crypto, MAX_SIGNATURES);
  return links.flatMap((link) => {
    if (!mayLink(link.certificate)) return [];
    const path = readable(() => findCertificationPath(link.certificate, lookup, verify));
    return path?.found && sameCountryOf(link.certificate, path.issuer.certificate)
      ? [{ ...link, anchor: path.anchor }]
      : [];
  });
};
