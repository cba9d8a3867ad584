import { decodeAlgorithmIdentifier, EC_PUBLIC_KEY } from "../cms/algorithm.js";
import { readBitStringBytes, TAG } from "../der.js";
import { decodeTlv } from "../tlv.js";
import { CURVES, curveByName } from "./curves.js";
import { decodeEcParameters } from "./ec-parameters.js";
import { isPoint } from "./input.js";
import type { EcKey } from "./public-key.js";

/**
 * The key that a SubjectPublicKeyInfo holds where it names one curve and its point is of another, of the
 * same size. The point decides: two curves have next to none in common, and it was put there by whoever made
 * the key. Documents of one state name brainpoolP224r1 for a key of P-224.
 *
 * @returns undefined where the point is of the curve that is named, or of none that is known.
 * @throws EmrtdError as `decodeSubjectPublicKeyInfo`, for what it cannot read.
 */
export const keyOfMisnamedCurve = (subjectPublicKeyInfo: Uint8Array): EcKey | undefined => {
  const path = "SubjectPublicKeyInfo";
  const [first, second] = decodeTlv(subjectPublicKeyInfo).expect(TAG.sequence, path).children();
  if (first === undefined || second === undefined) return undefined;
  const { algorithm, parameters } = decodeAlgorithmIdentifier(first, `${path}.algorithm`);
  if (algorithm !== EC_PUBLIC_KEY || parameters === undefined) return undefined;
  const { curve: named, explicit } = decodeEcParameters(parameters, path);
  const point = readBitStringBytes(second, `${path}.subjectPublicKey`);
  if (isPoint(named, point)) return undefined;
  const { fieldLength } = curveByName(named);
  const own = CURVES.find(
    (curve) => curve.fieldLength === fieldLength && isPoint(curve.name, point),
  );
  return own && { type: "EC", curve: own.name, point, explicitParameters: explicit };
};
