import { concatBytes, fromBigInt, fromHex, toBigInt } from "../../bytes.js";
import { CURVES, type Curve, curveByName, domainParameters } from "../curves.js";
import type { CryptoProvider, EcdsaSignature } from "../provider.js";
import { type ConformanceCase, conformanceCase, refused, same, sampleBytes } from "./case.js";
import { KEY_VECTORS, MAPPING_VECTOR, SECRET_VECTORS } from "./ec-vectors.js";

const uncompressed = (xy: string): Uint8Array => fromHex(`04${xy}`);

const halves = (plain: Uint8Array): EcdsaSignature => ({
  r: plain.subarray(0, plain.length / 2),
  s: plain.subarray(plain.length / 2),
});

const text = (message: string): Uint8Array => new TextEncoder().encode(message);

const knownAnswers = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  ...KEY_VECTORS.map(({ source, curve, privateKey, publicKey, signatures }) =>
    conformanceCase(`${curve}, ${source}`, () => {
      const [secret, point] = [fromHex(privateKey), uncompressed(publicKey)];
      same(crypto.ecPublicKey(curve, secret), point, "public key");
      for (const { hash, message, signature } of signatures) {
        const made = crypto.ecdsaSign(curve, secret, hash, text(message));
        same(concatBytes(made.r, made.s), fromHex(signature), `signature with ${hash}`);
        const found = crypto.ecdsaVerify(
          curve,
          point,
          halves(fromHex(signature)),
          hash,
          text(message),
        );
        same(found, true, `verification with ${hash}`);
      }
    }),
  ),
  ...SECRET_VECTORS.map(({ source, curve, privateKeys, secret }) =>
    conformanceCase(`shared secret on ${curve}, ${source}`, () => {
      const [a, b] = [fromHex(privateKeys[0]), fromHex(privateKeys[1])];
      const expected = fromHex(secret);
      same(crypto.ecSharedSecret(curve, a, crypto.ecPublicKey(curve, b)), expected, "one way");
      same(crypto.ecSharedSecret(curve, b, crypto.ecPublicKey(curve, a)), expected, "other way");
    }),
  ),
  conformanceCase("generic mapping, Doc 9303-11, G.1", () => {
    const { curve, nonce, terminalPrivate, chipPublic, sharedPoint, mappedGenerator } =
      MAPPING_VECTOR;
    const { agreementPrivate, agreementPublic, chipAgreementPublic, secret } = MAPPING_VECTOR;
    const shared = crypto.ecMultiply(curve, fromHex(chipPublic), fromHex(terminalPrivate));
    same(shared, fromHex(sharedPoint), "shared point");
    // The nonce is 16 bytes, a scalar of this curve 32.
    const scalar = concatBytes(new Uint8Array(16), fromHex(nonce));
    const mapped = crypto.ecAdd(curve, crypto.ecPublicKey(curve, scalar), shared);
    same(mapped, fromHex(mappedGenerator), "mapped generator");
    const publicKey = crypto.ecMultiply(curve, mapped, fromHex(agreementPrivate));
    same(publicKey, fromHex(agreementPublic), "public key");
    const agreed = crypto.ecSharedSecret(
      curve,
      fromHex(agreementPrivate),
      fromHex(chipAgreementPublic),
    );
    same(agreed, fromHex(secret), "shared secret");
  }),
];

/** What follows from the group law and from ECDSA itself, on each curve. */
const laws = (crypto: CryptoProvider, { name, fieldLength, orderLength }: Curve) => {
  const { p, n, gx, gy } = domainParameters(name);
  const scalar = (value: bigint) => fromBigInt(value, orderLength);
  const point = (x: bigint, y: bigint) =>
    concatBytes(Uint8Array.of(4), fromBigInt(x, fieldLength), fromBigInt(y, fieldLength));
  const fits = (coordinate: bigint) => coordinate >> BigInt(8 * fieldLength) === 0n;
  const generator = point(gx, gy);
  const privateKey = (seed: number) =>
    scalar((toBigInt(sampleBytes(orderLength + 8, seed)) % (n - 1n)) + 1n);
  const [a, b] = [privateKey(1), privateKey(2)];
  const message = text("an eMRTD");
  return [
    conformanceCase(`${name}: multiples of the generator`, () => {
      same(crypto.ecPublicKey(name, scalar(1n)), generator, "1 times");
      const negative = crypto.ecPublicKey(name, scalar(n - 1n));
      same(negative, point(gx, p - gy), "n - 1 times");
      const two = crypto.ecPublicKey(name, scalar(2n));
      same(crypto.ecAdd(name, generator, generator), two, "a point and itself");
      same(crypto.ecAdd(name, negative, two), generator, "n - 1 and 2 times");
      refused(() => crypto.ecAdd(name, generator, negative), "a point and its negative");
    }),
    conformanceCase(`${name}: multiplication agrees with itself`, () => {
      const [publicA, publicB] = [crypto.ecPublicKey(name, a), crypto.ecPublicKey(name, b)];
      const shared = crypto.ecMultiply(name, publicB, a);
      same(crypto.ecMultiply(name, publicA, b), shared, "product");
      same(crypto.ecMultiply(name, generator, a), publicA, "generator");
      same(crypto.ecSharedSecret(name, b, publicA), shared.subarray(1, 1 + fieldLength), "secret");
      same(crypto.ecIsPoint(name, shared), true, "point");
    }),
    conformanceCase(`${name}: signatures`, () => {
      const publicKey = crypto.ecPublicKey(name, a);
      for (const hash of ["SHA-1", "SHA-512"] as const) {
        const { r, s } = crypto.ecdsaSign(name, a, hash, message);
        const verifies = (signature: EcdsaSignature, signed = message, key = publicKey) =>
          crypto.ecdsaVerify(name, key, signature, hash, signed);
        same(verifies({ r, s }), true, `${hash}, as made`);
        same(verifies({ r, s: scalar(n - toBigInt(s)) }), true, `${hash}, with the other s`);
        same(verifies({ r: s, s: r }), false, `${hash}, swapped`);
        same(verifies({ r, s }, text("another")), false, `${hash}, another message`);
        const other = crypto.ecPublicKey(name, b);
        same(verifies({ r, s }, message, other), false, `${hash}, another key`);
        for (const wrong of [0n, n, n + 1n]) {
          same(verifies({ r: scalar(wrong), s }), false, `${hash}, r out of range`);
          same(verifies({ r, s: scalar(wrong) }), false, `${hash}, s out of range`);
        }
      }
    }),
    conformanceCase(`${name}: scalars, points and signatures out of range are refused`, () => {
      const publicKey = crypto.ecPublicKey(name, a);
      const signature = crypto.ecdsaSign(name, a, "SHA-256", message);
      const scalars = [scalar(0n), scalar(n), a.subarray(1), concatBytes(Uint8Array.of(0), a)];
      for (const wrong of scalars) {
        refused(() => crypto.ecPublicKey(name, wrong), "private key");
        refused(() => crypto.ecMultiply(name, generator, wrong), "multiplier");
        refused(() => crypto.ecSharedSecret(name, wrong, generator), "private key of a secret");
        refused(() => crypto.ecdsaSign(name, wrong, "SHA-256", message), "signing key");
      }
      const points = [
        point(gx, gy ^ 1n),
        point(gx, p),
        // The generator again, were coordinates not compared with the field. P-521 has room for it.
        ...(fits(gx + p) ? [point(gx + p, gy)] : []),
        ...(fits(gy + p) ? [point(gx, gy + p)] : []),
        concatBytes(Uint8Array.of(2), generator.subarray(1, 1 + fieldLength)),
        Uint8Array.of(0),
        new Uint8Array(generator.length),
        concatBytes(generator, Uint8Array.of(0)),
        new Uint8Array(),
      ];
      for (const wrong of points) {
        same(crypto.ecIsPoint(name, wrong), false, "point");
        refused(() => crypto.ecMultiply(name, wrong, a), "point to multiply");
        refused(() => crypto.ecAdd(name, wrong, publicKey), "first point to add");
        refused(() => crypto.ecAdd(name, publicKey, wrong), "second point to add");
        refused(() => crypto.ecSharedSecret(name, a, wrong), "public key of a secret");
        const verify = () => crypto.ecdsaVerify(name, wrong, signature, "SHA-256", message);
        refused(verify, "public key of a signature");
      }
      for (const wrong of [signature.r.subarray(1), concatBytes(Uint8Array.of(0), signature.r)]) {
        const changed = { ...signature, r: wrong };
        refused(
          () => crypto.ecdsaVerify(name, publicKey, changed, "SHA-256", message),
          "width of r",
        );
      }
    }),
  ];
};

export const ellipticCurveCases = (crypto: CryptoProvider): readonly ConformanceCase[] => [
  ...knownAnswers(crypto),
  ...CURVES.flatMap((curve) => laws(crypto, curve)),
  conformanceCase("a secret that begins with zeros keeps its width", () => {
    const curve = "P-256";
    const { orderLength, fieldLength } = curveByName(curve);
    const generator = crypto.ecPublicKey(curve, fromBigInt(1n, orderLength));
    // The smallest multiple of the generator whose x begins with a zero byte.
    for (let k = 2n; ; k++) {
      const scalar = fromBigInt(k, orderLength);
      const x = crypto.ecPublicKey(curve, scalar).subarray(1, 1 + fieldLength);
      if (x[0] !== 0) continue;
      same(crypto.ecSharedSecret(curve, scalar, generator), x, "secret");
      return;
    }
  }),
];
