import { decodeBase64, encodeBase64 } from "../base64.js";
import { utf8 } from "../bytes.js";
import { subtle } from "../web-crypto.js";
import { type Certificate, rs256Keys } from "./certificate.js";
import type { Signer } from "./signer.js";

/*
 * Signatures of 0.8.4 stand beside what they sign, in base64, and bring no certificate. The document
 * names no algorithm and no serialisation: RS256 over the very text that is sent is what is made here
 * and what is checked, so that nobody needs to serialise an element in the same way twice.
 */

/** Signature of a text, as a member beside it. */
export const signDetached = async (text: string, signer: Signer): Promise<string> =>
  encodeBase64(await signer.sign(utf8(text)));

/**
 * Signature of a captured segment: of the block's JSON, and after a dot that of the hash when wanted.
 *
 * The document says "base64 signature of the data block" in one place and adds "base64 signature of the
 * hash element" in the others. A dot is no character of base64, so the two forms can be told apart.
 */
export const signSegment = async (
  block: string,
  hash: string,
  signer: Signer,
  options: { readonly hashToo?: boolean } = {},
): Promise<string> => {
  const first = await signDetached(block, signer);
  return options.hashToo ? `${first}.${await signDetached(hash, signer)}` : first;
};

/** Which of the certificates made a detached signature, if any. */
export const signerOf = async (
  text: string,
  signature: string,
  candidates: readonly Certificate[],
): Promise<Certificate | undefined> => {
  let bytes: Uint8Array;
  try {
    bytes = decodeBase64(signature);
  } catch {
    return undefined;
  }
  for (const { certificate, key } of await rs256Keys(candidates)) {
    if (await subtle().verify("RSASSA-PKCS1-v1_5", key, bytes, utf8(text))) {
      return certificate;
    }
  }
  return undefined;
};

/** The signatures of a segment: of the block, and of the hash where there is one. */
export const splitSegmentSignature = (
  signature: string,
): { readonly block: string; readonly hash: string | undefined } => {
  const [block, hash] = signature.split(".");
  return { block: block!.trim(), hash: hash?.trim() };
};
