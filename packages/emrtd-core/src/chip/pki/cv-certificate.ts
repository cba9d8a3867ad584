import type { PrivateKey } from "../../crypto/private-key.js";
import type { PublicKey } from "../../crypto/public-key.js";
import {
  type CvCertificateContent,
  encodeCvCertificate,
  encodeCvCertificateBody,
} from "../../cvc/certificate.js";
import { terminalAuthenticationProtocol } from "../../cvc/protocol.js";
import type { CvPublicKey } from "../../cvc/public-key.js";
import { signPlain } from "../../cvc/signature.js";
import { EmrtdError } from "../../errors.js";
import type { Oid } from "../../oid.js";
import type { SigningTools } from "./sign.js";

/** Who signs a card verifiable certificate: a private key, and the protocol in its own certificate. */
export interface CvSigningKey {
  readonly key: PrivateKey;
  readonly protocol: Oid;
}

/** Makes a card verifiable certificate. Nothing is checked: a simulator issues wrong ones, too. */
export const issueCvCertificate = (
  content: CvCertificateContent,
  { key, protocol }: CvSigningKey,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> => {
  const known = terminalAuthenticationProtocol(protocol);
  if (known === undefined) {
    throw new EmrtdError("CRYPTO_UNSUPPORTED", "expected a protocol of terminal authentication");
  }
  const body = encodeCvCertificateBody(content);
  return encodeCvCertificate({ body, signature: signPlain(key, known.algorithm, body, tools) });
};

/** The form in which a certificate holds a key; of a curve with its parameters, or to inherit them. */
export const cvPublicKey = (
  key: PublicKey,
  protocol: Oid,
  parameters: "stated" | "inherited",
): CvPublicKey => {
  switch (key.type) {
    case "RSA":
      return { type: "RSA", protocol, modulus: key.modulus, exponent: key.exponent };
    case "EC": {
      const curve = parameters === "stated" ? { curve: key.curve } : {};
      return { type: "EC", protocol, ...curve, point: key.point };
    }
    case "DH":
      throw new EmrtdError("CRYPTO_UNSUPPORTED", "expected an RSA or EC key");
  }
};
