import { type Certificate, decodeCertificate } from "../cms/certificate.js";
import { readable } from "../cms/readable.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { decodeCertificates, readSignedList } from "./encoding.js";
import { decodeMasterList, ID_MASTER_LIST, ID_MASTER_LIST_SIGNING_KEY } from "./master-list.js";
import { verifyUnderRoot } from "./root.js";
import type { ListTrust } from "./signed-list.js";

/** A master list that was read, and whether it is to be believed. */
export interface OpenedMasterList {
  readonly version: number;
  readonly certificates: readonly Certificate[];
  /** Entries of the list that are no certificates. */
  readonly unreadable: number;
  /** What its signer says of the time; nobody vouches for it. */
  readonly signingTime: Date | undefined;
  readonly trust: ListTrust;
}

/**
 * Opens a master list (Doc 9303-12, 9), DER or PEM, and verifies it under a root certificate.
 *
 * @param options.root certificate of the authority under which the list is signed, DER or PEM; without it
 *   the list is not trusted, `NO_ROOT`.
 * @throws EmrtdError `TRUST_LIST_INVALID` where it is no master list, `TRUST_SOURCE_INVALID`, `CMS_INVALID`,
 *   `TLV_…`, `DER_INVALID` and `OID_INVALID` where a part is malformed.
 */
export const openMasterList = (
  bytes: Uint8Array,
  options: { readonly root?: Uint8Array; readonly crypto?: CryptoProvider } = {},
): OpenedMasterList => {
  const { root, crypto = portableCrypto } = options;
  const { signedData, content } = readSignedList(bytes, ID_MASTER_LIST, "a master list");
  const { version, certificates: encodings } = decodeMasterList(content);
  const certificates = encodings.flatMap((item) => readable(() => decodeCertificate(item)) ?? []);
  const trust: ListTrust =
    root === undefined
      ? { trusted: false, reason: "NO_ROOT" }
      : verifyUnderRoot(signedData, {
          listed: certificates,
          roots: decodeCertificates(root),
          usage: ID_MASTER_LIST_SIGNING_KEY,
          crypto,
        });
  const stated = signedData.signerInfos[0]?.signedAttributes?.signingTime;
  return {
    version,
    certificates,
    unreadable: encodings.length - certificates.length,
    signingTime: trust.trusted ? trust.signingTime : stated,
    trust,
  };
};
