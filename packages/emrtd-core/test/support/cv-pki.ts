import { cvPublicKey, issueCvCertificate } from "../../src/chip/pki/cv-certificate.js";
import { derivedEcKey, simulatorRsaKey } from "../../src/chip/pki/keys.js";
import { type PrivateKey, publicKeyOf } from "../../src/crypto/private-key.js";
import { type HolderRole, holderAuthorization } from "../../src/cvc/authorization.js";
import {
  type CvCertificate,
  type CvCertificateContent,
  decodeCvCertificate,
} from "../../src/cvc/certificate.js";
import { trustPointOf } from "../../src/cvc/key.js";
import type { AccessRight } from "../../src/cvc/rights.js";
import type { CvVerifierState } from "../../src/cvc/verify.js";
import { nodeCrypto } from "../../src/node/index.js";
import { countingRandom } from "./counting-random.js";

/** id-TA-ECDSA-SHA-256. */
export const ECDSA_SHA_256 = "0.4.0.127.0.7.2.2.2.2.3";
export const TODAY = "2026-06-01";

const tools = { crypto: nodeCrypto, random: countingRandom() };

/** Somebody with a key and a certificate of it. */
export interface Holder {
  readonly key: PrivateKey;
  readonly protocol: string;
  readonly certificate: CvCertificate;
}

interface HolderOptions extends Partial<CvCertificateContent> {
  readonly rights?: readonly AccessRight[];
  readonly role?: HolderRole;
  readonly protocol?: string;
  readonly key?: PrivateKey;
  readonly parameters?: "stated" | "inherited";
}

const ROLE_OF: Record<string, HolderRole> = { CVCA: "CVCA", DV: "DV-domestic", IS: "terminal" };

/** A certificate of `UTCVCA00001`, `UTDV00001` and so on, by its authority or by itself. */
export const certify = (
  reference: string,
  issuer?: Pick<Holder, "key" | "protocol" | "certificate">,
  options: HolderOptions = {},
): Holder => {
  const { protocol = issuer?.protocol ?? ECDSA_SHA_256, rights = ["read-dg3", "read-dg4"] } =
    options;
  const isRsa = protocol.startsWith("0.4.0.127.0.7.2.2.2.1.");
  const key =
    options.key ??
    (isRsa
      ? simulatorRsaKey(reference.includes("CVCA") ? "authority" : "signer")
      : derivedEcKey("P-256", reference, nodeCrypto));
  const role = options.role ?? ROLE_OF[reference.slice(2, -5).replace(/\d/g, "")] ?? "terminal";
  const parameters = options.parameters ?? (role === "CVCA" ? "stated" : "inherited");
  const content: CvCertificateContent = {
    authorityReference: issuer?.certificate.holderReference ?? reference,
    publicKey: cvPublicKey(publicKeyOf(key, nodeCrypto), protocol, parameters),
    holderReference: reference,
    authorization: holderAuthorization("IS", role, rights),
    effectiveDate: TODAY,
    expirationDate: "2026-12-31",
    ...options,
  };
  const bytes = issueCvCertificate(content, issuer ?? { key, protocol }, tools);
  return { key, protocol, certificate: decodeCvCertificate(bytes) };
};

/** What a chip knows that was made for one authority. */
export const chipTrusting = (...authorities: readonly Holder[]): CvVerifierState => ({
  currentDate: TODAY,
  trustPoints: authorities.map(({ certificate }) => trustPointOf(certificate)),
});
