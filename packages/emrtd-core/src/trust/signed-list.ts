import { equalBytes } from "../bytes.js";
import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { compareSigner } from "../cms/compare-signer.js";
import { limitedVerifier } from "../cms/limited-verifier.js";
import { readable } from "../cms/readable.js";
import type { SignedData } from "../cms/signed-data.js";
import type { SignerInfo } from "../cms/signer-info.js";
import { verifySignerInfo } from "../cms/verify-signer.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { Oid } from "../oid.js";
import { findCertificationPath, type IssuerLookup } from "./path.js";
import type { TrustedCertificate } from "./trusted-certificate.js";

/** Why a signed list is not believed. */
export type ListRefusal =
  /** No authority was given under which it should be signed. */
  | "NO_ROOT"
  /** No certificate in the list is named by its signer, or can be read. */
  | "SIGNER_CERTIFICATE_MISSING"
  /** The signer's certificate is not one for signing lists of this kind. */
  | "CERTIFICATE_USAGE"
  /** The signature is not one by the signer's key over this content. */
  | "SIGNATURE_INVALID"
  /** The signer's certificate was issued by nobody who is trusted. */
  | "NO_TRUST_ANCHOR";

export type ListTrust =
  | {
      readonly trusted: true;
      readonly signer: Certificate;
      readonly anchor: TrustedCertificate;
      readonly signingTime: Date | undefined;
    }
  | { readonly trusted: false; readonly reason: ListRefusal };

/** What one list may cost: a list is signed once, under one or two certificates. */
export const SIGNED_LIST_LIMITS = { signers: 4, certificates: 32, signatures: 40 } as const;

interface ListVerification {
  /** Object identifier that the signer's extKeyUsage must have; undefined where none is known. */
  readonly usage: Oid | undefined;
  readonly lookup: IssuerLookup;
  readonly crypto: CryptoProvider;
  /** Authorities that may sign the list themselves, with their own key: lists of old are signed so. */
  readonly roots?: readonly Certificate[];
}

/**
 * Verifies a list that is signed under a country signing authority: a master, deviation or defect list
 * (Doc 9303-12, 9.1 and 10.1). The signer's certificate must be in the list, be one for such lists, and
 * lead to an anchor. Never throws for what the list holds.
 */
export const verifySignedList = (list: SignedData, options: ListVerification): ListTrust => {
  const { verify } = limitedVerifier(options.crypto, SIGNED_LIST_LIMITS.signatures);
  const certificates = list.certificates
    .slice(0, SIGNED_LIST_LIMITS.certificates)
    .flatMap((bytes) => readable(() => decodeCertificate(bytes)) ?? []);
  let reason: ListRefusal = "SIGNER_CERTIFICATE_MISSING";
  for (const signer of list.signerInfos.slice(0, SIGNED_LIST_LIMITS.signers)) {
    for (const certificate of certificates.filter((known) => isNamedBy(known, signer))) {
      const outcome = readable(() => verifySigner(list, signer, certificate, options, verify));
      if (outcome?.trusted) return outcome;
      reason = outcome?.reason ?? "SIGNATURE_INVALID";
    }
  }
  return { trusted: false, reason };
};

const isNamedBy = (certificate: Certificate, { sid }: SignerInfo): boolean =>
  (readable(() => compareSigner(certificate, sid)) ?? "different") !== "different";

const verifySigner = (
  { contentType, content = new Uint8Array() }: SignedData,
  signer: SignerInfo,
  certificate: Certificate,
  { usage, lookup, crypto, roots = [] }: ListVerification,
  verify: ReturnType<typeof limitedVerifier>["verify"],
): ListTrust => {
  const byRoot = roots.some((root) =>
    equalBytes(root.subjectPublicKeyInfo, certificate.subjectPublicKeyInfo),
  );
  if (!byRoot && !maySign(certificate, usage)) {
    return { trusted: false, reason: "CERTIFICATE_USAGE" };
  }
  const key = certificate.publicKey;
  const { valid } = verifySignerInfo({ contentType, content }, signer, key, { crypto, verify });
  if (!valid) return { trusted: false, reason: "SIGNATURE_INVALID" };
  const path = findCertificationPath(certificate, lookup, verify);
  if (!path.found) return { trusted: false, reason: "NO_TRUST_ANCHOR" };
  const signingTime = signer.signedAttributes?.signingTime;
  return { trusted: true, signer: certificate, anchor: path.anchor, signingTime };
};

/** An authority issues other certificates too, for documents above all: those may sign no list. */
const maySign = (certificate: Certificate, usage: Oid | undefined): boolean => {
  const { keyUsage, extKeyUsage, documentTypeList, unknownCriticalExtensions } = certificate;
  return (
    unknownCriticalExtensions.length === 0 &&
    (keyUsage?.includes("digitalSignature") ?? true) &&
    documentTypeList === undefined &&
    (usage === undefined ? extKeyUsage !== undefined : (extKeyUsage?.includes(usage) ?? false))
  );
};
