import { concatBytes, fromBigInt } from "../bytes.js";
import { type CurveName, curveByName, domainParameters } from "../crypto/curves.js";
import { power } from "../crypto/portable/mod-pow.js";
import { EmrtdError } from "../errors.js";

/**
 * Maps a field element to a point (Doc 9303-11, appendix B.2, after Brier, Coron, Icart, Madore,
 * Randriam and Tibouchi, 2010). Both candidates are computed and one is taken, so that the work does not
 * tell which; BigInt itself is not constant-time.
 *
 * @param t 1 to p-1.
 * @throws EmrtdError `CRYPTO_INPUT` where t maps to nothing: one value in 2^(bits - 3).
 */
export const encodePoint = (curve: CurveName, t: bigint): Uint8Array => {
  const { p, a, b } = domainParameters(curve);
  const { fieldLength } = curveByName(curve);
  const mod = (value: bigint): bigint => ((value % p) + p) % p;
  const alpha = mod(-t * t);
  const denominator = mod(a * (alpha + alpha * alpha));
  if (t <= 0n || t >= p || denominator === 0n) {
    throw new EmrtdError("CRYPTO_INPUT", "expected a field element that maps to a point");
  }
  const x2 = mod(-b * (1n + alpha + alpha * alpha) * power(denominator, p - 2n, p));
  const x3 = mod(alpha * x2);
  const h2 = mod((x2 * x2 + a) * x2 + b);
  const u = mod(t * t * t * h2);
  const root = power(h2, p - 1n - (p + 1n) / 4n, p);
  const isSquare = mod(root * root * h2) === 1n;
  const [x, y] = isSquare ? [x2, mod(root * h2)] : [x3, mod(root * u)];
  return concatBytes(Uint8Array.of(0x04), fromBigInt(x, fieldLength), fromBigInt(y, fieldLength));
};
