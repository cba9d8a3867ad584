import { toHex } from "../../bytes.js";
import { formatName } from "../../cms/name.js";
import { readable } from "../../cms/readable.js";
import type { TrustedCertificate } from "../../trust/trusted-certificate.js";
import type { Judge } from "./judgement.js";

/**
 * Whether a trusted authority issued the signer's certificate, itself or by a key that link certificates
 * lead to. Dates and usage are not its matter.
 */
export const judgeDocumentSignerChain: Judge = ({ passive: { path } }) => {
  if (path.status !== "passed") {
    const { status, reason, tried } = path;
    return { status, reason, detail: { anchorsTried: tried } };
  }
  const { anchor, links, matchedBy, name } = path;
  return {
    status: "passed",
    reason: null,
    detail: {
      anchor: readable(() => formatName(anchor.certificate.subject)) ?? null,
      source: anchor.source,
      origin: anchor.origin ?? null,
      date: anchor.date?.toISOString() ?? null,
      links: links.map(linkDetail),
      matchedBy,
      issuerName: name,
    },
  };
};

const linkDetail = ({ certificate, source, origin }: TrustedCertificate) => ({
  subject: readable(() => formatName(certificate.subject)) ?? null,
  serialNumber: readable(() => toHex(certificate.serialNumber)) ?? null,
  source,
  origin: origin ?? null,
});
