import { curveByName } from "../crypto/curves.js";
import { decodeEcdsaSignature, decodePlainEcdsaSignature } from "../crypto/ecdsa-signature.js";
import { verifyIso9796 } from "../crypto/iso-9796-2.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider, EcdsaSignature, HashName } from "../crypto/provider.js";
import type { EcKey, PublicKey, RsaKey } from "../crypto/public-key.js";
import type { Oid } from "../oid.js";
import type { ReasonCode } from "../verification/reasons.js";
import type { ActiveAuthenticationEvidence } from "./evidence.js";

/** What an answer proves about the chip that gave it, provided that its key is trusted. */
export interface ActiveAuthenticationResult {
  readonly status: "passed" | "failed" | "undetermined";
  readonly reason: ReasonCode | null;
  /** The algorithm, and how the signature was found to be made. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

const HASHES = ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] as const;

/** `ecdsa-plain-…` (BSI TR-03111, 5.2.1.1) and, as some chips have it, `ecdsa-with-…` (RFC 5758, 3.2). */
const SIGNATURE_OIDS: ReadonlyMap<Oid, HashName> = /* @__PURE__ */ new Map(
  HASHES.flatMap((hash, i) => [
    [`0.4.0.127.0.7.1.1.4.1.${i + 1}`, hash] as const,
    [i === 0 ? "1.2.840.10045.4.1" : `1.2.840.10045.4.3.${i}`, hash] as const,
  ]),
);

/** The hash that ActiveAuthenticationInfo of DG14 names by its signature algorithm. */
export const activeAuthenticationHash = (signatureAlgorithm: Oid): HashName | undefined =>
  SIGNATURE_OIDS.get(signatureAlgorithm);

/**
 * Judges an answer of {@link activeAuthentication} (Doc 9303-11, 6.1.2).
 *
 * RSA: ISO/IEC 9796-2 with any trailer. ECDSA: plain or DER. Where DG14 does not state the hash of an
 * ECDSA signature, each one is tried, and the detail says so.
 *
 * @param key the key of DG15. Unless passive authentication covers that file, the result proves nothing.
 * @param options.hash what ActiveAuthenticationInfo of DG14 states, if it is there.
 */
export const verifyActiveAuthentication = (
  evidence: ActiveAuthenticationEvidence,
  key: PublicKey,
  options: { readonly crypto?: CryptoProvider; readonly hash?: HashName | undefined } = {},
): ActiveAuthenticationResult => {
  const { crypto = portableCrypto, hash } = options;
  if (evidence.statusWord !== 0x9000 || evidence.signature.length === 0) {
    const statusWord = evidence.statusWord.toString(16).toUpperCase().padStart(4, "0");
    return result("undetermined", "CHIP_PROOF_WITHHELD", { statusWord });
  }
  // A signature over less than a challenge, over nothing say, could have been made at any time.
  if (evidence.challenge.length !== 8) return result("failed", "CHIP_PROOF_INVALID", {});
  switch (key.type) {
    case "RSA":
      return judgeRsa(evidence, key, crypto, hash);
    case "EC":
      return judgeEc(evidence, key, crypto, hash);
    case "DH":
      return result("undetermined", "ALGORITHM_UNSUPPORTED", { algorithm: "DH" });
  }
};

const result = (
  status: ActiveAuthenticationResult["status"],
  reason: ReasonCode | null,
  detail: ActiveAuthenticationResult["detail"],
): ActiveAuthenticationResult => ({ status, reason, detail });

const judgeRsa = (
  { challenge, signature }: ActiveAuthenticationEvidence,
  key: RsaKey,
  crypto: CryptoProvider,
  hash: HashName | undefined,
): ActiveAuthenticationResult => {
  const detail = { algorithm: "ISO/IEC 9796-2", modulusBytes: key.modulus.length };
  const recovery = verifyIso9796(key, challenge, signature, crypto, hash);
  if (recovery !== undefined) return result("passed", null, { ...detail, ...recovery });
  return signature.length < key.modulus.length
    ? result("undetermined", "CHIP_PROOF_INCOMPLETE", { ...detail, bytes: signature.length })
    : result("failed", "CHIP_PROOF_INVALID", detail);
};

const judgeEc = (
  { challenge, signature }: ActiveAuthenticationEvidence,
  key: EcKey,
  crypto: CryptoProvider,
  hash: HashName | undefined,
): ActiveAuthenticationResult => {
  const detail = { algorithm: "ECDSA", curve: key.curve, hashStated: hash !== undefined };
  const readings = [
    { format: "plain", decoded: decodePlainEcdsaSignature(key.curve, signature) },
    { format: "der", decoded: decodeEcdsaSignature(key.curve, signature) },
  ];
  const fits = (decoded: EcdsaSignature, candidate: HashName) =>
    crypto.ecdsaVerify(key.curve, key.point, decoded, candidate, challenge);
  for (const candidate of hash === undefined ? HASHES : [hash]) {
    const found = readings.find(({ decoded }) => decoded && fits(decoded, candidate));
    if (found) return result("passed", null, { ...detail, hash: candidate, format: found.format });
  }
  const isCut =
    readings.every(({ decoded }) => decoded === undefined) &&
    signature.length < 2 * curveByName(key.curve).orderLength;
  return isCut
    ? result("undetermined", "CHIP_PROOF_INCOMPLETE", { ...detail, bytes: signature.length })
    : result("failed", "CHIP_PROOF_INVALID", detail);
};
