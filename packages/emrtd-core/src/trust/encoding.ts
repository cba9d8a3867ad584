import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { decodeSignedData, type SignedData } from "../cms/signed-data.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import { decodePem, isPem } from "./pem.js";

/**
 * Certificates as DER, or as PEM with one block and more. The bytes are copied: what is trusted does not
 * change when a buffer does.
 *
 * @throws EmrtdError `TRUST_SOURCE_INVALID` where there is none.
 */
export const decodeCertificates = (bytes: Uint8Array): readonly Certificate[] => {
  const certificates = blocks(bytes, "CERTIFICATE", "X509 CERTIFICATE").map(decodeCertificate);
  if (certificates.length === 0) throw nothing("a certificate");
  return certificates;
};

/** One structure as DER, or as PEM under one of the labels. */
export const readOne = (
  bytes: Uint8Array,
  what: string,
  ...labels: readonly string[]
): Uint8Array => {
  const [one, ...more] = blocks(bytes, ...labels);
  if (one === undefined) throw nothing(what);
  if (more.length > 0) throw new EmrtdError("TRUST_SOURCE_INVALID", `expected ${what} alone`);
  return one;
};

/** A signed list and what is signed in it. */
export interface SignedListBytes {
  readonly signedData: SignedData;
  readonly content: Uint8Array;
}

/** Reads SignedData whose content is of a certain type. */
export const readSignedList = (
  bytes: Uint8Array,
  contentType: Oid,
  what: string,
): SignedListBytes => {
  const signedData = decodeSignedData(readOne(bytes, what, "CMS", "PKCS7", "PKCS #7 SIGNED DATA"));
  const { content } = signedData;
  if (content === undefined || signedData.contentType !== contentType) {
    throw new EmrtdError(
      "TRUST_LIST_INVALID",
      `expected content of type ${contentType} for ${what}, found ${signedData.contentType}`,
    );
  }
  return { signedData, content };
};

const blocks = (bytes: Uint8Array, ...labels: readonly string[]): Uint8Array[] =>
  isPem(bytes) ? decodePem(bytes, ...labels) : [new Uint8Array(bytes)];

const nothing = (expected: string): EmrtdError =>
  new EmrtdError("TRUST_SOURCE_INVALID", `expected ${expected}, found none`);
