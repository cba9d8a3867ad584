import { concatBytes, fromBigInt, fromHex, toBigInt } from "../../bytes.js";
import { type CurveName, curveByName, domainParameters } from "../../crypto/curves.js";
import { invert } from "../../crypto/portable/mod-pow.js";
import type { EcSecretKey, RsaSecretKey } from "../../crypto/private-key.js";
import type { CryptoProvider, RandomBytes } from "../../crypto/provider.js";

/**
 * Every key of the simulator comes from this text, so that two processes agree on them. Nothing here is
 * secret: whoever trusts one of these keys trusts anybody.
 */
const SEED = "emrtd-core simulator: test keys, known to everyone";

/** Bytes that look random and are the same for the same label, in every process. */
export const derivedBytes = (
  label: string,
  length: number,
  crypto: CryptoProvider,
): Uint8Array<ArrayBuffer> => {
  const text = new TextEncoder();
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, counter) =>
    crypto.hash("SHA-512", text.encode(`${SEED}\n${label}\n${counter}`)),
  );
  return concatBytes(...blocks).slice(0, length);
};

/** A source of such bytes, other ones at each call. */
export const derivedRandom = (label: string, crypto: CryptoProvider): RandomBytes => {
  let calls = 0;
  return (length) => derivedBytes(`${label}/${calls++}`, length, crypto);
};

/** The EC private key of a label: 1 to n-1, as even as 64 bits to spare make it. */
export const derivedEcKey = (
  curve: CurveName,
  label: string,
  crypto: CryptoProvider,
  explicitParameters = false,
): EcSecretKey => {
  const { orderLength } = curveByName(curve);
  const seed = toBigInt(derivedBytes(`${label}/${curve}`, orderLength + 8, crypto));
  const scalar = (seed % (domainParameters(curve).n - 1n)) + 1n;
  return { type: "EC", curve, scalar: fromBigInt(scalar, orderLength), explicitParameters };
};

/** Primes of the RSA keys, 1,024 bits each; the exponent is 65,537. */
const RSA_PRIMES = {
  authority: [
    `
    f0af71eb78dcbca18240ff64aa1cc20926dbd71b5b8fa797f215955a419139bc
    cbc0503583708a9e4feeee379d731f82ffda6e20f3d7c530c83a37e095461261
    4c363fd26cec80a7385c24ccfafe86dc5ad0c3268b876058497df57212539ee2
    872d6617e6f3acb9a102e70d0da7a434582c1d8f723c921bf400db9675d471b1`,
    `
    c4adf11647416215412ed0414e13d62fd180fd98372953f52cdf81abc30939b3
    bd976e65eca762425574cd6159a2c3e6ba800edab71a89cd992fee07bc4226e9
    1c76ec1d80e748682d29c8ea41254823c7fd33495b84535bdddd6fc512959153
    7ff6ab3f28940daf38c92a43df2812e7b8372b9806dcf39224e44b3895984c8d`,
  ],
  signer: [
    `
    be8d8e640b676750820f00ce515c69e3453b99f4b908ecc432c9f749363ae52f
    b12dc57eefda0591e34b9ddd94ae7e15f420f68325751b14310014fd8a73f54c
    117c2132df82a6e963275d59776741c60309cb5acade9b8f0f45a7bbc3f3450a
    522be93ae94ab49972d129166d360dc3ccf83bea890e7df81b46b503eab6dbfb`,
    `
    b730e78c5aac9f04a8b6442795d3bedf00e9d6ba4b070aa9de5a35eb4894b64a
    60225d24051e5d163966dfb27ede0a5811ec2ae79d3e5b3160e5d76a8dd70a08
    ea35d5077bbfe1cb9d34fcafab87fc66a67877141da9d52b307c86efdf80bf97
    c547dfe460976e12f2549e1f6b2f22b189b38f4e103ed1e06bb90f268cd3cccd`,
  ],
} as const;

/** One of the simulator's RSA keys of 2,048 bits. */
export const simulatorRsaKey = (name: keyof typeof RSA_PRIMES): RsaSecretKey => {
  const [p, q] = RSA_PRIMES[name].map((digits) => toBigInt(fromHex(digits))) as [bigint, bigint];
  const e = 65_537n;
  return {
    type: "RSA",
    modulus: fromBigInt(p * q, 256),
    exponent: fromBigInt(e, 3),
    privateExponent: fromBigInt(invert(e, (p - 1n) * (q - 1n)), 256),
    p: fromBigInt(p, 128),
    q: fromBigInt(q, 128),
  };
};
