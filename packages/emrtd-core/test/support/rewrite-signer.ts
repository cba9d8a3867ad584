import { derSequence, TAG } from "../../src/der.js";
import { encodeSod } from "../../src/lds/sod.js";
import { decodeTlv, encodeTlv } from "../../src/tlv.js";

/** EF.SOD with the fields of its one SignerInfo changed, and everything around them written again. */
export const withSignerFields = (
  sod: Uint8Array,
  change: (fields: readonly Uint8Array[]) => readonly Uint8Array[],
): Uint8Array => {
  const [contentInfo] = decodeTlv(sod).children();
  const [type, wrapper] = contentInfo!.children();
  const [signedData] = wrapper!.children();
  const parts = signedData!.children().map(({ bytes }) => bytes);
  const [signerInfo] = decodeTlv(parts.at(-1)!).children();
  const fields = change(signerInfo!.children().map(({ bytes }) => bytes));
  const signerInfos = encodeTlv(TAG.set, derSequence(...fields));
  const written = derSequence(...parts.slice(0, -1), signerInfos);
  return encodeSod(derSequence(type!.bytes, encodeTlv(0xa0, written)));
};

/** Places of the fields of a SignerInfo with signed attributes (RFC 5652, 5.3). */
export const FIELD = { attributes: 3, algorithm: 4, signature: 5 } as const;

/** One field in place of another. */
export const replacing =
  (at: number, field: Uint8Array) =>
  (fields: readonly Uint8Array[]): readonly Uint8Array[] =>
    fields.map((bytes, index) => (index === at ? field : bytes));
