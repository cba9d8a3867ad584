import { toBigInt } from "../../bytes.js";
import type { SignatureAlgorithm } from "../../cms/algorithm.js";
import { portableCrypto } from "../../crypto/portable.js";
import { type PrivateKey, publicKeyOf } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { issueCertificate, keyIdentifier } from "./certificate.js";
import * as extension from "./extensions.js";
import { derivedBytes, derivedEcKey, derivedRandom, simulatorRsaKey } from "./keys.js";
import type { NameContent } from "./name.js";
import type { SecurityObjectSigner } from "./security-object.js";
import type { SigningKey } from "./sign.js";

interface AuthorityRow {
  readonly key: (crypto: CryptoProvider) => PrivateKey;
  readonly algorithm: SignatureAlgorithm;
  readonly trusted: boolean;
}

/** The simulator's country signing authorities, all of Utopia. */
const AUTHORITIES = {
  rsa: {
    key: () => simulatorRsaKey("authority"),
    algorithm: { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    trusted: true,
  },
  ecdsa: {
    key: (crypto) => derivedEcKey("P-384", "authority", crypto),
    algorithm: { scheme: "ECDSA", hash: "SHA-384" },
    trusted: true,
  },
  brainpool: {
    key: (crypto) => derivedEcKey("brainpoolP384r1", "authority", crypto, true),
    algorithm: { scheme: "ECDSA", hash: "SHA-384" },
    trusted: true,
  },
  untrusted: {
    key: (crypto) => derivedEcKey("P-384", "untrusted authority", crypto),
    algorithm: { scheme: "ECDSA", hash: "SHA-384" },
    trusted: false,
  },
} as const satisfies Record<string, AuthorityRow>;

export type AuthorityName = keyof typeof AUTHORITIES;

export const AUTHORITY_NAMES = /* @__PURE__ */ Object.keys(AUTHORITIES) as AuthorityName[];

/** Whose authority issued a signer's certificate. */
export const authorityOfSigner = (name: SimulatorSignerName): AuthorityName =>
  SIGNERS[name].authority;

const PSS: SignatureAlgorithm = {
  scheme: "RSASSA-PSS",
  hash: "SHA-256",
  mgfHash: "SHA-256",
  saltLength: 32,
  trailerField: 1,
};
const ECDSA: SignatureAlgorithm = { scheme: "ECDSA", hash: "SHA-256" };

interface SignerRow {
  readonly authority: AuthorityName;
  readonly key: (crypto: CryptoProvider) => PrivateKey;
  readonly algorithm: SignatureAlgorithm;
  /** How the authority signs the certificate, where it is another way than its usual one. */
  readonly issuedWith?: SignatureAlgorithm;
  readonly notAfter?: Date;
}

const ecKey = (label: string) => (crypto: CryptoProvider) => derivedEcKey("P-256", label, crypto);

/**
 * The simulator's document signers. `expired` is out of date under a trusted authority; the authority of
 * `untrusted` is in nobody's trust.
 */
const SIGNERS = {
  rsa: {
    authority: "rsa",
    key: () => simulatorRsaKey("signer"),
    algorithm: { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  },
  "rsa-pss": {
    authority: "rsa",
    key: () => simulatorRsaKey("signer"),
    algorithm: PSS,
    issuedWith: PSS,
  },
  ecdsa: { authority: "ecdsa", key: ecKey("signer"), algorithm: ECDSA },
  brainpool: {
    authority: "brainpool",
    key: (crypto) => derivedEcKey("brainpoolP256r1", "signer", crypto, true),
    algorithm: ECDSA,
  },
  expired: {
    authority: "ecdsa",
    key: ecKey("expired signer"),
    algorithm: ECDSA,
    notAfter: new Date("2021-01-01T00:00:00Z"),
  },
  untrusted: { authority: "untrusted", key: ecKey("untrusted signer"), algorithm: ECDSA },
} as const satisfies Record<string, SignerRow>;

export type SimulatorSignerName = keyof typeof SIGNERS;

/** All that is needed to sign documents as the simulator. */
export interface SimulatorSigner extends SecurityObjectSigner {
  /** Certificate of the authority that issued the signer's. */
  readonly authority: Uint8Array;
}

export const BEGIN = new Date("2020-01-01T00:00:00Z");
export const END = new Date("2049-12-31T23:59:59Z");
const STATE = "UTO";
/** Doc 9303-12 wants one; nothing is there. */
export const CRL = "https://utopia.example/csca.crl";

/** Certificates and keys are made once, since everything about them is fixed. */
const made = /* @__PURE__ */ new Map<string, unknown>();
export const once = <T>(label: string, make: () => T): T => {
  if (!made.has(label)) made.set(label, make());
  return made.get(label) as T;
};

/** A document signer of the simulator, with its key: a test key, the same in every process. */
export const simulatorSigner = (
  name: SimulatorSignerName,
  crypto: CryptoProvider = portableCrypto,
): SimulatorSigner =>
  once(`signer ${name}`, () => {
    const row: SignerRow = SIGNERS[name];
    const authority = authorityOf(row.authority, crypto);
    const key = row.key(crypto);
    const publicKey = publicKeyOf(key, crypto);
    const notAfter = row.notAfter ?? END;
    const certificate = issueCertificate(
      {
        serialNumber: serialNumber(`signer ${name}`, crypto),
        issuer: authority.name,
        subject: nameOf(`Document Signer ${name}`),
        notBefore: BEGIN,
        notAfter,
        publicKey,
        extensions: [
          extension.authorityKeyIdentifier(authority.keyIdentifier),
          extension.subjectKeyIdentifier(keyIdentifier(publicKey, crypto)),
          extension.keyUsage("digitalSignature"),
          extension.privateKeyUsagePeriod(BEGIN, notAfter),
          ...alternativeNames(),
          extension.crlDistributionPoint(CRL),
          extension.documentTypeList("P", "I", "A", "C"),
        ],
      },
      { ...authority.signing, algorithm: row.issuedWith ?? authority.signing.algorithm },
      { crypto, random: derivedRandom(`signer ${name}`, crypto) },
    );
    return { key, algorithm: row.algorithm, certificate, authority: authority.certificate };
  });

/** Certificates of the simulator's authorities: what to trust for its documents to be authentic. */
export const simulatorAnchors = (crypto: CryptoProvider = portableCrypto): Uint8Array[] =>
  AUTHORITY_NAMES.filter((name) => AUTHORITIES[name].trusted).map((name) =>
    authorityOf(name, crypto).certificate.slice(),
  );

/** A country signing authority of the simulator, with its key. */
export interface SimulatorAuthority {
  readonly name: NameContent;
  readonly signing: SigningKey;
  readonly keyIdentifier: Uint8Array;
  readonly certificate: Uint8Array;
}

export const authorityOf = (authority: AuthorityName, crypto: CryptoProvider): SimulatorAuthority =>
  once(`authority ${authority}`, () => {
    const row: AuthorityRow = AUTHORITIES[authority];
    const name = nameOf(`CSCA ${authority}`);
    const signing = { key: row.key(crypto), algorithm: row.algorithm };
    const publicKey = publicKeyOf(signing.key, crypto);
    const identifier = keyIdentifier(publicKey, crypto);
    const certificate = issueCertificate(
      {
        serialNumber: serialNumber(`authority ${authority}`, crypto),
        issuer: name,
        subject: name,
        notBefore: BEGIN,
        notAfter: END,
        publicKey,
        extensions: [
          extension.authorityKeyIdentifier(identifier),
          extension.subjectKeyIdentifier(identifier),
          extension.keyUsage("keyCertSign", "cRLSign"),
          extension.privateKeyUsagePeriod(BEGIN, END),
          ...alternativeNames(),
          extension.authorityConstraints(),
          extension.crlDistributionPoint(CRL),
        ],
      },
      signing,
      { crypto, random: derivedRandom(`authority ${authority}`, crypto) },
    );
    return { name, signing, keyIdentifier: identifier, certificate };
  });

export const nameOf = (commonName: string): NameContent => [
  ["countryName", "UT"],
  ["organizationName", "Utopia"],
  ["organizationalUnitName", "Simulator, trust nothing of this"],
  ["commonName", commonName],
];

export const alternativeNames = (): extension.ExtensionContent[] => [
  extension.alternativeName("subjectAltName", STATE),
  extension.alternativeName("issuerAltName", STATE),
];

/** Positive and of eight bytes. */
export const serialNumber = (label: string, crypto: CryptoProvider): bigint =>
  toBigInt(derivedBytes(`serial number ${label}`, 8, crypto)) | (1n << 62n);
