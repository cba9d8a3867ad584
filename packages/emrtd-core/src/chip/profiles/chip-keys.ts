import { fromBigInt, fromHex, toBigInt } from "../../bytes.js";
import type { CurveName } from "../../crypto/curves.js";
import { invert } from "../../crypto/portable/mod-pow.js";
import type { PrivateKey, RsaSecretKey } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { derivedEcKey } from "../pki/keys.js";

/** Primes of 768 bits: a test key, known to everyone, whose signature fits a short answer. */
const PRIMES = [
  `
    cdbc2a7f3a120798b6735c853b1abfedf06e04c61598719ba7f06a384509c460
    c223211b6b30cf47697becd4c5b698f7b493b1e9b22932f51cecbfe887f6d6fa
    4c078c70d6967525d142c9ed30735478acbc6241582e6e0507481bcd041f85d9`,
  `
    ff0886120b98f4b11711a34a71d91265c448783b8cbe4cb8a72b8bc6842d6bbc
    785cb9e1ec7b8ed8ed2ba58c712c50ae3697604f6b7382cb6fa18969b9439875
    fb83dd9e36400832f26cffd806e9bdc0feec022f07b4b616a343e01cff726aa7`,
];

const rsaKey = (): RsaSecretKey => {
  const [p, q] = PRIMES.map((digits) => toBigInt(fromHex(digits))) as [bigint, bigint];
  const e = 65_537n;
  return {
    type: "RSA",
    modulus: fromBigInt(p * q, 192),
    exponent: fromBigInt(e, 3),
    privateExponent: fromBigInt(invert(e, (p - 1n) * (q - 1n)), 192),
    p: fromBigInt(p, 96),
    q: fromBigInt(q, 96),
  };
};

/** Kinds of keys that the chips of the profiles have for active authentication. */
export type ChipKeyKind = "RSA-1536" | CurveName;

/** @param label of two chips with the same kind of key, tells them apart; RSA has only one. */
export const chipKey = (kind: ChipKeyKind, label: string, crypto: CryptoProvider): PrivateKey =>
  kind === "RSA-1536" ? rsaKey() : derivedEcKey(kind, label, crypto);
