import {
  type CertificateContent,
  certificateExtension,
  derivedEcKey,
  derivedRandom,
  issueCertificate,
  issueSecurityObject,
  keyIdentifier,
  type NameContent,
  type SecurityObjectOptions,
  type SecurityObjectSigner,
} from "../../src/chip/pki.js";
import type { SignatureAlgorithm } from "../../src/cms/algorithm.js";
import { HASH_OIDS } from "../../src/cms/algorithm.js";
import { portableCrypto } from "../../src/crypto/portable.js";
import { type PrivateKey, publicKeyOf } from "../../src/crypto/private-key.js";
import type { HashName } from "../../src/crypto/provider.js";
import { encodeDg1 } from "../../src/lds/dg1.js";
import { type ChipFiles, type DataGroupNumber, dataGroupName } from "../../src/lds/files.js";
import { parseMrz } from "../../src/mrz/parse-mrz.js";
import { createTrustStore, type TrustStore } from "../../src/trust/store.js";

/** The specimen of Doc 9303-4, appendix B. */
export const SPECIMEN_MRZ =
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

export const tools = { crypto: portableCrypto, random: derivedRandom("tests", portableCrypto) };
export const ECDSA: SignatureAlgorithm = { scheme: "ECDSA", hash: "SHA-256" };
export const NOW = new Date("2026-01-01T00:00:00Z");

export const AUTHORITY_KEY = derivedEcKey("P-256", "test authority", portableCrypto);
export const OTHER_KEY = derivedEcKey("P-256", "another key", portableCrypto);
export const SIGNER_KEY = derivedEcKey("P-256", "test signer", portableCrypto);
export const AUTHORITY_NAME: NameContent = [
  ["countryName", "UT"],
  ["organizationName", "Utopia"],
  ["commonName", "CSCA"],
];

const identifierOf = (key: PrivateKey) =>
  keyIdentifier(publicKeyOf(key, portableCrypto), portableCrypto);

export const x = certificateExtension;

/** Certificate of the authority; anything in it can be another. */
export const makeAuthority = (
  changes: Partial<CertificateContent> & { readonly key?: PrivateKey } = {},
): Uint8Array => {
  const { key = AUTHORITY_KEY, ...content } = changes;
  return issueCertificate(
    {
      serialNumber: 1n,
      issuer: AUTHORITY_NAME,
      subject: AUTHORITY_NAME,
      notBefore: new Date("2020-01-01T00:00:00Z"),
      notAfter: new Date("2035-01-01T00:00:00Z"),
      publicKey: publicKeyOf(key, portableCrypto),
      extensions: [
        x.authorityKeyIdentifier(identifierOf(key)),
        x.subjectKeyIdentifier(identifierOf(key)),
        x.keyUsage("keyCertSign", "cRLSign"),
        x.authorityConstraints(),
        x.alternativeName("subjectAltName", "UTO"),
      ],
      ...content,
    },
    { key, algorithm: ECDSA },
    tools,
  );
};

export const signerExtensions = (authority: PrivateKey = AUTHORITY_KEY) => [
  x.authorityKeyIdentifier(identifierOf(authority)),
  x.subjectKeyIdentifier(identifierOf(SIGNER_KEY)),
  x.keyUsage("digitalSignature"),
  x.alternativeName("subjectAltName", "UTO"),
];

/** Certificate of the document signer; anything in it can be another. */
export const makeSignerCertificate = (
  changes: Partial<CertificateContent> & { readonly issuerKey?: PrivateKey } = {},
): Uint8Array => {
  const { issuerKey = AUTHORITY_KEY, ...content } = changes;
  return issueCertificate(
    {
      serialNumber: 2n,
      issuer: AUTHORITY_NAME,
      subject: [
        ["countryName", "UT"],
        ["commonName", "Document Signer"],
      ],
      notBefore: new Date("2024-01-01T00:00:00Z"),
      notAfter: new Date("2034-01-01T00:00:00Z"),
      publicKey: publicKeyOf(SIGNER_KEY, portableCrypto),
      extensions: signerExtensions(issuerKey),
      ...content,
    },
    { key: issuerKey, algorithm: ECDSA },
    tools,
  );
};

export interface DocumentContent {
  readonly mrz?: string;
  /** Data groups beside DG1 and DG2. */
  readonly more?: { readonly [group in DataGroupNumber]?: Uint8Array };
  readonly certificate?: Uint8Array;
  readonly signer?: Partial<SecurityObjectSigner>;
  readonly signers?: readonly SecurityObjectSigner[];
  readonly hash?: HashName;
  readonly options?: SecurityObjectOptions;
}

export const makeFiles = (content: DocumentContent = {}): ChipFiles & { SOD: Uint8Array } => {
  const { mrz = SPECIMEN_MRZ, more = {}, hash = "SHA-256" } = content;
  const groups: [DataGroupNumber, Uint8Array][] = [
    [1, encodeDg1({ mrz: parseMrz(mrz) })],
    [2, Uint8Array.of(0x75, 0x03, 0x04, 0x01, 0x55)],
    ...Object.entries(more).map(
      ([group, bytes]) =>
        [Number(group) as DataGroupNumber, bytes] as [DataGroupNumber, Uint8Array],
    ),
  ];
  const certificate = content.certificate ?? makeSignerCertificate();
  const SOD = issueSecurityObject(
    {
      version: 0,
      hashAlgorithm: HASH_OIDS[hash],
      dataGroupHashes: new Map(
        groups.map(([group, bytes]) => [group, portableCrypto.hash(hash, bytes)]),
      ),
    },
    content.signers ?? [{ key: SIGNER_KEY, algorithm: ECDSA, certificate, ...content.signer }],
    tools,
    content.options,
  );
  return {
    SOD,
    ...Object.fromEntries(groups.map(([group, bytes]) => [dataGroupName(group), bytes])),
  };
};

export const trusting = (...certificates: readonly Uint8Array[]): TrustStore =>
  createTrustStore(certificates.map((bytes) => ({ type: "certificate", bytes, origin: "test" })));

/** A copy with one byte changed; the offset counts from the end where it is negative. */
export const withFlippedBit = (bytes: Uint8Array, offset: number): Uint8Array => {
  const copy = bytes.slice();
  copy[offset < 0 ? copy.length + offset : offset]! ^= 1;
  return copy;
};
