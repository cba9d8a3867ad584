import { formatName } from "../../cms/name.js";
import { readable } from "../../cms/readable.js";
import type { Judge } from "./judgement.js";

/** Whether a trusted authority issued the signer's certificate. Dates and usage are not its matter. */
export const judgeDocumentSignerChain: Judge = ({ passive: { path } }) => {
  if (path.status !== "passed") {
    const { status, reason, tried } = path;
    return { status, reason, detail: { anchorsTried: tried } };
  }
  const { anchor, matchedBy, name } = path;
  return {
    status: "passed",
    reason: null,
    detail: {
      anchor: readable(() => formatName(anchor.certificate.subject)) ?? null,
      origin: anchor.origin ?? null,
      matchedBy,
      issuerName: name,
    },
  };
};
