import type { Certificate } from "../cms/certificate.js";
import { compareSigner } from "../cms/compare-signer.js";
import { readable } from "../cms/readable.js";
import type { SignerIdentifier } from "../cms/signer-info.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { isAuthority } from "./authority.js";
import { type CountryTrust, trustByCountry } from "./countries.js";
import { type CrlTrust, judgeCrl } from "./crl-trust.js";
import { type DeviationListTrust, judgeDeviationList } from "./deviation-list-trust.js";
import { distinctKeys, issuerFinder } from "./issuers.js";
import { once } from "./once.js";
import type { IssuerLookup } from "./path.js";
import { readTrustSource, type VerifiedDefectList } from "./read-source.js";
import type { TrustSource } from "./source.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/**
 * What a verifier trusts: certificates of country signing authorities, and what came with them. Nothing
 * is decoded or verified before it is needed, and nothing here has been believed because a document said
 * it.
 */
export interface TrustStore extends IssuerLookup {
  /** Certificates of authorities: those that may issue others. Their keys are the anchors. */
  readonly anchors: readonly TrustedCertificate[];
  /** Other certificates: signers that documents may name without carrying them. Trusted as nobody's issuer. */
  readonly signers: readonly TrustedCertificate[];
  /** Certificates of authorities that count only where an anchor has signed them. */
  readonly links: readonly TrustedCertificate[];
  readonly crls: readonly CrlTrust[];
  readonly deviationLists: readonly DeviationListTrust[];
  readonly defectLists: readonly VerifiedDefectList[];
  /** Known certificates that a SignerInfo names. */
  signersNamed(sid: SignerIdentifier): readonly Certificate[];
  /** The same by country, for reports: anchors, links that lead to them, and lists. */
  countries(): readonly CountryTrust[];
}

/**
 * @throws EmrtdError `TRUST_SOURCE_INVALID` for a source that is not what it is said to be,
 *   `TRUST_LIST_REFUSED` for a list that is not signed under the root that it was given with. A
 *   certificate whose key or extensions turn out unreadable later is no anchor for anything, and does not
 *   spoil the rest.
 */
export const createTrustStore = (
  sources: Iterable<TrustSource>,
  options: { readonly crypto?: CryptoProvider } = {},
): TrustStore => {
  const crypto = options.crypto ?? portableCrypto;
  const material = [...sources].map((source) => readTrustSource(source, crypto));
  const trusted = material.flatMap((part) => part.trusted);
  const anchors = once(() => trusted.filter(({ certificate }) => isAuthority(certificate)));
  const signers = once(() => {
    const authorities = new Set(anchors());
    return trusted.filter((entry) => !authorities.has(entry));
  });
  const links = material.flatMap((part) => part.links);
  const findAnchor = issuerFinder(anchors, crypto);
  const lookup: IssuerLookup = {
    issuersOf: (issued) => distinctKeys(findAnchor(issued)),
    linksOf: issuerFinder(() => links, crypto),
  };
  const crls = once(() =>
    material.flatMap((part) => part.crls).map((crl) => judgeCrl(crl, lookup, crypto)),
  );
  const deviationLists = once(() =>
    material
      .flatMap((part) => part.deviationLists)
      .map((given) => judgeDeviationList(given, lookup, crypto)),
  );
  const countries = once(() =>
    trustByCountry(
      { anchors: anchors(), links, crls: crls(), deviationLists: deviationLists() },
      lookup,
      crypto,
    ),
  );
  return {
    ...lookup,
    get anchors() {
      return anchors();
    },
    get signers() {
      return signers();
    },
    links,
    get crls() {
      return crls();
    },
    get deviationLists() {
      return deviationLists();
    },
    defectLists: material.flatMap((part) => part.defectLists),
    signersNamed: (sid) =>
      signers()
        .map(({ certificate }) => certificate)
        .filter(
          (certificate) =>
            (readable(() => compareSigner(certificate, sid)) ?? "different") !== "different",
        ),
    countries,
  };
};
