import { Field } from "@noble/curves/abstract/modular.js";
import { concatBytes, fromBigInt, toBigInt } from "../bytes.js";
import { EmrtdError } from "../errors.js";
import { type CurveName, curveByName, domainParameters } from "./curves.js";
import { isPoint } from "./input.js";

/**
 * Reads a point (SEC 1, 2.3.4), compressed or not, and gives it uncompressed: `04 || x || y`.
 *
 * @throws EmrtdError `PUBLIC_KEY_INVALID` for anything but a point of the curve, infinity included.
 */
export const decodePoint = (curve: CurveName, bytes: Uint8Array, path: string): Uint8Array => {
  const point = bytes[0] === 0x02 || bytes[0] === 0x03 ? decompress(curve, bytes) : bytes;
  if (point === undefined || !isPoint(curve, point)) {
    throw new EmrtdError("PUBLIC_KEY_INVALID", `expected a point of ${curve} for ${path}`, {
      path,
    });
  }
  return point;
};

const decompress = (curve: CurveName, bytes: Uint8Array): Uint8Array | undefined => {
  const { fieldLength } = curveByName(curve);
  const { p, a, b } = domainParameters(curve);
  const x = toBigInt(bytes.subarray(1));
  if (bytes.length !== 1 + fieldLength || x >= p) return undefined;
  const square = ((x * x + a) * x + b) % p;
  let root: bigint;
  try {
    root = Field(p).sqrt(square);
  } catch {
    // No square: no point has this x.
    return undefined;
  }
  const y = (root & 1n) === BigInt(bytes[0]! & 1) ? root : p - root;
  return concatBytes(Uint8Array.of(0x04), bytes.subarray(1), fromBigInt(y, fieldLength));
};
