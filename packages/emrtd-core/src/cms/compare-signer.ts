import { equalBytes } from "../bytes.js";
import type { Certificate } from "./certificate.js";
import { compareNames, type NameComparison } from "./name.js";
import { serialNumberKey } from "./serial-number.js";
import type { SignerIdentifier } from "./signer-info.js";

/** How a signer's identifier compares to a certificate. */
export const compareSigner = (certificate: Certificate, sid: SignerIdentifier): NameComparison => {
  if ("subjectKeyIdentifier" in sid) {
    const own = certificate.subjectKeyIdentifier;
    return own !== undefined && equalBytes(own, sid.subjectKeyIdentifier)
      ? "identical"
      : "different";
  }
  return serialNumberKey(certificate.serialNumber) === serialNumberKey(sid.serialNumber)
    ? compareNames(certificate.issuer, sid.issuer)
    : "different";
};
