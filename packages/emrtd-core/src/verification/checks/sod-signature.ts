import { formatSignatureAlgorithm } from "../../cms/algorithm.js";
import type { Deviation } from "../report.js";
import type { Judge } from "./judgement.js";

/** Whether the list of hashes is signed by the key of the certificate that it names. */
export const judgeSodSignature: Judge = ({ passive: { sod, signer } }) => {
  const { status, reason, algorithm, signingTime } = signer;
  const sha1: Deviation = { code: "SHA1_USED", where: "EF.SOD" };
  return {
    status,
    reason,
    detail:
      sod === undefined
        ? {}
        : {
            signers: sod.signedData.signerInfos.length,
            signatureAlgorithm:
              algorithm === undefined ? null : formatSignatureAlgorithm(algorithm),
            saltLength: algorithm?.scheme === "RSASSA-PSS" ? algorithm.saltLength : null,
            signingTime: signingTime?.toISOString() ?? null,
          },
    deviations: algorithm?.hash === "SHA-1" ? [sha1] : [],
  };
};
