import { HASH_OIDS, MGF1, type PssParameters } from "../cms/algorithm.js";
import { derNull, derOid, derSequence, derUnsigned } from "../der.js";
import { encodeTlv } from "../tlv.js";
import type { HashName } from "./provider.js";

const hashAlgorithm = (hash: HashName): Uint8Array<ArrayBuffer> =>
  derSequence(derOid(HASH_OIDS[hash]), derNull());

/** RSASSA-PSS-params (RFC 4055, 3.1); a default is left out, as DER demands. */
export const encodePssParameters = (parameters: PssParameters): Uint8Array<ArrayBuffer> => {
  const { hash, mgfHash, saltLength, trailerField } = parameters;
  const fields: Uint8Array[] = [];
  if (hash !== "SHA-1") fields.push(encodeTlv(0xa0, hashAlgorithm(hash)));
  if (mgfHash !== "SHA-1") {
    fields.push(encodeTlv(0xa1, derSequence(derOid(MGF1), hashAlgorithm(mgfHash))));
  }
  if (saltLength !== 20) fields.push(encodeTlv(0xa2, derUnsigned(saltLength)));
  if (trailerField !== 1) fields.push(encodeTlv(0xa3, derUnsigned(trailerField)));
  return derSequence(...fields);
};
