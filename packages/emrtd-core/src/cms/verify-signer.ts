import { equalBytes } from "../bytes.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { PublicKey, RsaKey } from "../crypto/public-key.js";
import { TAG } from "../der.js";
import type { Oid } from "../oid.js";
import { hashAlgorithmOf, type SignatureAlgorithm, signatureAlgorithmOf } from "./algorithm.js";
import type { SignatureVerifier } from "./signature.js";
import type { SignerInfo } from "./signer-info.js";

export type SignerVerification =
  | {
      readonly valid: true;
      readonly algorithm: SignatureAlgorithm;
      readonly deviations: readonly (
        | "SIGNED_ATTRIBUTES_ABSENT"
        | "SIGNATURE_HASH_MISNAMED"
        | "PSS_KEY_MISUSED"
      )[];
    }
  | {
      readonly valid: false;
      readonly reason: "CONTENT_TYPE_MISMATCH" | "MESSAGE_DIGEST_MISMATCH" | "SIGNATURE_INVALID";
    };

/**
 * Verifies one signer of a SignedData with a key (RFC 5652, 5.4 to 5.6). With signed attributes the
 * signature is over these, and they over the content by its type and digest; without, over the content.
 *
 * The two forms must not be taken for one another: whoever has a genuine signature over attributes could
 * give these out as a content without any. Attributes are a SET OF, so a content that begins as one, as
 * SecurityInfos do, needs attributes, which RFC 5652, 5.3 demands of it anyway.
 *
 * @throws EmrtdError `ALGORITHM_UNKNOWN` for a hash or signature that is not known.
 */
export const verifySignerInfo = (
  encapsulated: { readonly contentType: Oid; readonly content: Uint8Array },
  signer: SignerInfo,
  key: PublicKey,
  options: { readonly crypto: CryptoProvider; readonly verify: SignatureVerifier },
): SignerVerification => {
  const { crypto, verify } = options;
  const digestHash = hashAlgorithmOf(signer.digestAlgorithm, "SignerInfo.digestAlgorithm");
  const stated = signatureAlgorithmOf(
    signer.signatureAlgorithm,
    "SignerInfo.signatureAlgorithm",
    digestHash,
  );
  const { signedAttributes } = signer;
  if (signedAttributes !== undefined) {
    if (signedAttributes.contentType !== encapsulated.contentType) {
      return { valid: false, reason: "CONTENT_TYPE_MISMATCH" };
    }
    const digest = crypto.hash(digestHash, encapsulated.content);
    if (!equalBytes(digest, signedAttributes.messageDigest)) {
      return { valid: false, reason: "MESSAGE_DIGEST_MISMATCH" };
    }
  } else if (encapsulated.content[0] === TAG.set) {
    return { valid: false, reason: "SIGNATURE_INVALID" };
  }
  const message = signedAttributes?.signedBytes ?? encapsulated.content;
  const misused = key.type === "RSA" && key.pss !== undefined && stated.scheme !== "RSASSA-PSS";
  const usedKey = misused ? withoutRestriction(key) : key;
  const algorithm = algorithmsToTry(stated, digestHash).find((candidate) =>
    verify(usedKey, candidate, message, signer.signature),
  );
  if (algorithm === undefined) return { valid: false, reason: "SIGNATURE_INVALID" };
  return {
    valid: true,
    algorithm,
    deviations: [
      ...(signedAttributes === undefined ? (["SIGNED_ATTRIBUTES_ABSENT"] as const) : []),
      ...(algorithm === stated ? [] : (["SIGNATURE_HASH_MISNAMED"] as const)),
      ...(misused ? (["PSS_KEY_MISUSED"] as const) : []),
    ],
  };
};

/** Some signers write `ecdsa-with-SHA1` whatever hash they use, and name the right one as the digest. */
const algorithmsToTry = (
  stated: SignatureAlgorithm,
  digestHash: SignatureAlgorithm["hash"],
): readonly SignatureAlgorithm[] =>
  stated.scheme === "RSASSA-PSS" || stated.hash === digestHash
    ? [stated]
    : [stated, { scheme: stated.scheme, hash: digestHash }];

/** Documents of one state have keys marked for PSS that sign by PKCS#1 v1.5 (against RFC 4055, 1.2). */
const withoutRestriction = ({ type, modulus, exponent }: RsaKey): RsaKey => ({
  type,
  modulus,
  exponent,
});
