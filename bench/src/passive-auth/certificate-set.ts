import { decodeCertificate, decodeTlv, toHex } from "@org/emrtd-core";
import { fromBER } from "asn1js";
import type { Contest } from "../harness.js";
import { masterListCertificates } from "./master-list-certificates.js";

const COUNT = 500;

/**
 * The certificates of a master list: a SET OF, as large as that of a country.
 *
 * Indexing means what a search for an issuer needs of each: issuer, subject, and the identifiers of
 * both keys. asn1js decodes all of it or nothing; that its answer still is to be taken apart is not
 * counted.
 */
export const certificateSet = (): Contest => {
  const list = masterListCertificates(COUNT);
  // Its own default refuses so many elements.
  const limits = { maxNodes: 10_000_000 };
  const buffer = list.slice().buffer;
  return {
    title: `fields of ${COUNT} certificates in a SET OF (${Math.round(list.length / 1_024)} KiB)`,
    baseline: "asn1js decodes",
    contestants: {
      "asn1js decodes": () => {
        const { result } = fromBER(buffer, limits);
        if (result.error) throw new Error(result.error);
        return result;
      },
      "emrtd-core indexes": () => {
        const index = new Map<string, unknown>();
        for (const element of decodeTlv(list).children()) {
          const certificate = decodeCertificate(element.bytes);
          index.set(toHex(certificate.subjectKeyIdentifier!), {
            issuer: certificate.issuer,
            subject: certificate.subject,
            authorityKey: certificate.authorityKeyIdentifier,
          });
        }
        if (index.size !== COUNT) throw new Error("expected every certificate");
        return index;
      },
    },
    budgets: [{ contestant: "emrtd-core indexes", atMost: 1 / 50 }],
  };
};
