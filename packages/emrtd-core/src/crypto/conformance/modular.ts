import { concatBytes, fromBigInt, fromHex, toBigInt } from "../../bytes.js";
import { rfc5114Group } from "../dh-groups.js";
import type { CryptoProvider, RsaPrivateKey } from "../provider.js";
import { verifyPss } from "../rsa-padding.js";
import { type ConformanceCase, conformanceCase, refused, same, sampleBytes } from "./case.js";
import { DH_VECTOR, RSA_VECTOR } from "./rsa-vectors.js";

const rsaKey = (): RsaPrivateKey => ({
  modulus: fromHex(RSA_VECTOR.modulus),
  exponent: fromHex(RSA_VECTOR.exponent),
  privateExponent: fromHex(RSA_VECTOR.privateExponent),
  p: fromHex(RSA_VECTOR.p),
  q: fromHex(RSA_VECTOR.q),
});

const rsaCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  conformanceCase("RSA, PKCS #1 2.1 example 1.1", () => {
    const key = rsaKey();
    const signature = fromHex(RSA_VECTOR.signature);
    const block = crypto.rsaPublic(key, signature);
    same(crypto.rsaPrivate(key, block), signature, "signature");
    const parameters = {
      hash: "SHA-1",
      mgfHash: "SHA-1",
      saltLength: 20,
      trailerField: 1,
    } as const;
    const digest = crypto.hash("SHA-1", fromHex(RSA_VECTOR.message));
    same(verifyPss(key, parameters, digest, signature, crypto), true, "verification");
  }),
  conformanceCase("RSA keeps the width of the modulus, and any block below it", () => {
    const key = rsaKey();
    const n = toBigInt(key.modulus);
    for (const value of [0n, 1n, 2n, n - 1n]) {
      const block = fromBigInt(value, key.modulus.length);
      same(crypto.rsaPublic(key, crypto.rsaPrivate(key, block)), block, "there and back");
    }
    same(
      crypto.rsaPublic({ ...key, exponent: Uint8Array.of(3) }, fromBigInt(2n, 128)),
      fromBigInt(8n, 128),
      "2 cubed",
    );
  }),
  conformanceCase("RSA blocks and keys that do not fit are refused", () => {
    const key = rsaKey();
    const block = fromBigInt(5n, 128);
    for (const run of [crypto.rsaPublic, crypto.rsaPrivate] as const) {
      refused(() => run(key, key.modulus), "the modulus itself");
      refused(() => run(key, new Uint8Array(128).fill(0xff)), "beyond the modulus");
      refused(() => run(key, block.subarray(1)), "too short");
      refused(() => run(key, concatBytes(Uint8Array.of(0), block)), "too long");
    }
    refused(() => crypto.rsaPrivate({ ...key, p: key.q }, block), "primes of another modulus");
    const other = { ...key, privateExponent: Uint8Array.of(5) };
    refused(() => crypto.rsaPrivate(other, block), "an exponent that undoes another");
  }),
];

const diffieHellmanCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  conformanceCase("Diffie-Hellman, Doc 9303-11, G.2", () => {
    const { prime, generator } = rfc5114Group(0)!;
    const secret = fromHex(DH_VECTOR.terminalPrivate);
    same(crypto.modPow(generator, secret, prime), fromHex(DH_VECTOR.terminalPublic), "public key");
    const shared = crypto.modPow(fromHex(DH_VECTOR.chipPublic), secret, prime);
    same(shared, fromHex(DH_VECTOR.secret), "shared secret");
  }),
  ...[0, 1, 2].map((id) =>
    conformanceCase(`group ${id} of RFC 5114: the generator has the stated order`, () => {
      const { prime, generator, subgroupOrder } = rfc5114Group(id)!;
      const base = fromBigInt(toBigInt(generator), prime.length);
      same(crypto.modPow(base, subgroupOrder, prime), fromBigInt(1n, prime.length), "power");
      const [a, b] = [sampleBytes(20, 1), sampleBytes(prime.length - 1, 2)];
      const one = crypto.modPow(crypto.modPow(base, a, prime), b, prime);
      const other = crypto.modPow(crypto.modPow(base, b, prime), a, prime);
      same(one, other, "shared secret");
    }),
  ),
  conformanceCase("modular powers at the edges", () => {
    const modulus = fromHex("0d");
    const power = (base: number, exponent: string) =>
      crypto.modPow(Uint8Array.of(base), fromHex(exponent), modulus)[0]!;
    same(power(5, "00"), 1, "exponent 0");
    same(power(0, "03"), 0, "base 0");
    same(power(5, "000002"), 12, "zeros before the exponent");
    same(power(12, "ff"), 12, "an odd exponent beyond the modulus");
    const even = crypto.modPow(fromBigInt(3n, 64), Uint8Array.of(5), fromBigInt(1n << 511n, 64));
    same(even, fromBigInt(243n, 64), "an even modulus");
    const one = fromBigInt(1n, 128);
    const { prime } = rfc5114Group(0)!;
    same(crypto.modPow(fromBigInt(2n, 128), new Uint8Array(128), prime), one, "a long 0");
    same(crypto.modPow(fromBigInt(2n, 128), prime, prime), fromBigInt(2n, 128), "Fermat");
    refused(
      () => crypto.modPow(Uint8Array.of(13), Uint8Array.of(2), modulus),
      "base of the modulus",
    );
    refused(() => crypto.modPow(Uint8Array.of(0, 1), Uint8Array.of(2), modulus), "base too wide");
    refused(
      () => crypto.modPow(new Uint8Array(1), Uint8Array.of(2), new Uint8Array(1)),
      "modulus 0",
    );
  }),
];

export const modularCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  ...rsaCases(crypto),
  ...diffieHellmanCases(crypto),
];
