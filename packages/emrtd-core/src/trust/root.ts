import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { readable } from "../cms/readable.js";
import type { SignedData } from "../cms/signed-data.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { Oid } from "../oid.js";
import { distinctKeys, issuerFinder } from "./issuers.js";
import { type ListTrust, verifySignedList } from "./signed-list.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/**
 * Verifies a list under certificates that were given for this list alone. The certificates of the list
 * may link its signer to them: a list is signed under the newest key, and the root may be an older one.
 */
export const verifyUnderRoot = (
  list: SignedData,
  options: {
    readonly roots: readonly Certificate[];
    readonly listed?: readonly Certificate[];
    /** What the signer's certificate must say that its key is for; undefined where that is not known. */
    readonly usage: Oid | undefined;
    readonly crypto: CryptoProvider;
  },
): ListTrust => {
  const { roots, listed = [], usage, crypto } = options;
  const entry = (certificate: Certificate): TrustedCertificate => ({
    certificate,
    source: "certificate",
    origin: undefined,
    date: undefined,
  });
  const embedded = list.certificates.flatMap(
    (bytes) => readable(() => decodeCertificate(bytes)) ?? [],
  );
  const findRoot = issuerFinder(() => roots.map(entry), crypto);
  const findLink = issuerFinder(() => [...embedded, ...listed].map(entry), crypto);
  const lookup = {
    issuersOf: (issued: Parameters<typeof findRoot>[0]) => distinctKeys(findRoot(issued)),
    linksOf: findLink,
  };
  return verifySignedList(list, { usage, lookup, crypto, roots });
};
