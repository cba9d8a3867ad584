import {
  type CertificateContent,
  type CrlContent,
  derivedEcKey,
  issueCertificate,
  issueCrl,
  issueDefectList,
  issueDeviationList,
  issueMasterList,
  keyIdentifier,
  type ListSigner,
  certificateExtension as x,
} from "../../src/chip/pki.js";
import { portableCrypto } from "../../src/crypto/portable.js";
import { type EcSecretKey, type PrivateKey, publicKeyOf } from "../../src/crypto/private-key.js";
import type { Oid } from "../../src/oid.js";
import type { Defect } from "../../src/trust/defect-list.js";
import {
  type DeviationList,
  ID_DEVIATION_LIST_SIGNING_KEY,
  type ListedDeviation,
} from "../../src/trust/deviation-list.js";
import { ID_MASTER_LIST_SIGNING_KEY } from "../../src/trust/master-list.js";
import type { TrustSource } from "../../src/trust/source.js";
import { createTrustStore, type TrustStore } from "../../src/trust/store.js";
import {
  AUTHORITY_KEY,
  AUTHORITY_NAME,
  ECDSA,
  makeAuthority,
  OTHER_KEY,
  tools,
} from "./test-document.js";

export const LISTED = new Date("2025-06-01T00:00:00Z");

/** The newer key of the test authority, and the one after it. */
export const RENEWED_KEY = derivedEcKey("P-256", "renewed authority", portableCrypto);
export const LAST_KEY = derivedEcKey("P-256", "last authority", portableCrypto);

const identifierOf = (key: PrivateKey) =>
  keyIdentifier(publicKeyOf(key, portableCrypto), portableCrypto);

/** A link certificate: the new key, signed with the old one. */
export const makeLink = (
  changes: Partial<CertificateContent> & {
    readonly oldKey?: EcSecretKey;
    readonly newKey?: EcSecretKey;
  } = {},
): Uint8Array => {
  const { oldKey = AUTHORITY_KEY, newKey = RENEWED_KEY, ...content } = changes;
  return issueCertificate(
    {
      serialNumber: 50n,
      issuer: AUTHORITY_NAME,
      subject: AUTHORITY_NAME,
      notBefore: new Date("2023-01-01T00:00:00Z"),
      notAfter: new Date("2038-01-01T00:00:00Z"),
      publicKey: publicKeyOf(newKey, portableCrypto),
      extensions: linkExtensions(oldKey, newKey),
      ...content,
    },
    { key: oldKey, algorithm: ECDSA },
    tools,
  );
};

export const linkExtensions = (oldKey: PrivateKey, newKey: PrivateKey) => [
  x.authorityKeyIdentifier(identifierOf(oldKey)),
  x.subjectKeyIdentifier(identifierOf(newKey)),
  x.keyUsage("keyCertSign", "cRLSign"),
  x.authorityConstraints(),
  x.alternativeName("subjectAltName", "UTO"),
];

/** A revocation list of the test authority; anything in it can be another. */
export const makeCrl = (
  changes: Partial<CrlContent> & { readonly key?: EcSecretKey } = {},
): Uint8Array => {
  const { key = AUTHORITY_KEY, ...content } = changes;
  return issueCrl(
    {
      issuer: AUTHORITY_NAME,
      thisUpdate: new Date("2025-12-01T00:00:00Z"),
      nextUpdate: new Date("2026-02-01T00:00:00Z"),
      extensions: [x.authorityKeyIdentifier(identifierOf(key))],
      ...content,
    },
    { key, algorithm: ECDSA },
    tools,
  );
};

const LIST_KEY = derivedEcKey("P-256", "list signer", portableCrypto);

/** A signer of lists; anything of it can be another. */
export const makeListSigner = (
  changes: {
    readonly usage?: Oid;
    readonly issuerKey?: EcSecretKey;
    readonly key?: EcSecretKey;
    readonly content?: Partial<CertificateContent>;
    readonly signer?: Partial<ListSigner>;
  } = {},
): ListSigner => {
  const { usage = ID_MASTER_LIST_SIGNING_KEY, issuerKey = AUTHORITY_KEY, key = LIST_KEY } = changes;
  const certificate = issueCertificate(
    {
      serialNumber: 60n,
      issuer: AUTHORITY_NAME,
      subject: [
        ["countryName", "UT"],
        ["commonName", "List Signer"],
      ],
      notBefore: new Date("2024-01-01T00:00:00Z"),
      notAfter: new Date("2034-01-01T00:00:00Z"),
      publicKey: publicKeyOf(LIST_KEY, portableCrypto),
      extensions: [
        x.authorityKeyIdentifier(identifierOf(issuerKey)),
        x.subjectKeyIdentifier(identifierOf(LIST_KEY)),
        x.keyUsage("digitalSignature"),
        x.extKeyUsage(usage),
      ],
      ...changes.content,
    },
    { key: issuerKey, algorithm: ECDSA },
    tools,
  );
  return { key, algorithm: ECDSA, certificate, signingTime: LISTED, ...changes.signer };
};

export const makeMasterList = (
  certificates: readonly Uint8Array[] = [makeAuthority()],
  signer: ListSigner = makeListSigner(),
): Uint8Array => issueMasterList(certificates, signer, tools);

export const makeDeviationList = (
  deviations: readonly ListedDeviation[],
  options: { readonly signer?: ListSigner; readonly digestAlgorithm?: Oid } = {},
): Uint8Array => {
  const { signer = makeListSigner({ usage: ID_DEVIATION_LIST_SIGNING_KEY }), digestAlgorithm } =
    options;
  const list: DeviationList = {
    version: 0,
    deviations,
    ...(digestAlgorithm === undefined ? {} : { digestAlgorithm }),
  };
  return issueDeviationList(list, signer, tools);
};

/** Signed under another country's authority, as a list about anybody's documents may be. */
export const DEFECT_ROOT = makeAuthority({
  key: OTHER_KEY,
  issuer: [["countryName", "DE"]],
  subject: [["countryName", "DE"]],
});

export const makeDefectList = (
  defects: readonly Defect[],
  signer: ListSigner = makeListSigner({
    usage: "0.4.0.127.0.7.3.1.5.99",
    issuerKey: OTHER_KEY,
    content: { issuer: [["countryName", "DE"]] },
  }),
): Uint8Array =>
  issueDefectList({ version: 0, hashAlgorithm: "2.16.840.1.101.3.4.2.1", defects }, signer, tools);

/** A store of the test authority and more. */
export const trustingAlso = (...sources: readonly TrustSource[]): TrustStore =>
  createTrustStore([{ type: "certificate", bytes: makeAuthority(), origin: "test" }, ...sources]);

export const crlSource = (bytes: Uint8Array, origin = "crl"): TrustSource => ({
  type: "crl",
  bytes,
  origin,
});

export const deviationSource = (bytes: Uint8Array): TrustSource => ({
  type: "deviation-list",
  bytes,
  origin: "deviations",
});

export const defectSource = (bytes: Uint8Array): TrustSource => ({
  type: "defect-list",
  bytes,
  root: DEFECT_ROOT,
  origin: "defects",
});
