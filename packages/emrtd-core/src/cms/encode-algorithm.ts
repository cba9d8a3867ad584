import type { HashName } from "../crypto/provider.js";
import { encodePssParameters } from "../crypto/pss-parameters.js";
import { derNull, derOid, derSequence } from "../der.js";
import { EmrtdError } from "../errors.js";
import {
  HASH_OIDS,
  NAMED_SIGNATURE_ALGORITHMS,
  RSASSA_PSS,
  type SignatureAlgorithm,
} from "./algorithm.js";

/** AlgorithmIdentifier of a hash function, its parameters NULL (RFC 5754, 2 accepts both forms). */
export const encodeHashAlgorithm = (hash: HashName): Uint8Array<ArrayBuffer> =>
  derSequence(derOid(HASH_OIDS[hash]), derNull());

/**
 * AlgorithmIdentifier of a signature, as certificates and SignerInfos carry it: parameters NULL for RSA,
 * none for ECDSA (RFC 4055, 5; RFC 5758, 3.2).
 */
export const encodeSignatureAlgorithm = (
  algorithm: SignatureAlgorithm,
): Uint8Array<ArrayBuffer> => {
  if (algorithm.scheme === "RSASSA-PSS") {
    return derSequence(derOid(RSASSA_PSS), encodePssParameters(algorithm));
  }
  for (const [oid, { scheme, hash }] of NAMED_SIGNATURE_ALGORITHMS) {
    if (scheme !== algorithm.scheme || hash !== algorithm.hash) continue;
    return scheme === "ECDSA" ? derSequence(derOid(oid)) : derSequence(derOid(oid), derNull());
  }
  throw new EmrtdError("CRYPTO_UNSUPPORTED", "expected a signature algorithm of travel documents");
};
