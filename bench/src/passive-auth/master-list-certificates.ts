import { encodeTlv, type PublicKey, publicKeyOf } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  derivedBytes,
  derivedEcKey,
  derivedRandom,
  certificateExtension as extension,
  issueCertificate,
  keyIdentifier,
  type NameContent,
  type SigningKey,
  simulatorRsaKey,
} from "@org/emrtd-core/testing";

const SET = 0x31;
const crypto = nodeCrypto;

/** Half of the issuers of a master list sign with RSA, half with ECDSA. */
const ISSUERS: readonly SigningKey[] = [
  {
    key: simulatorRsaKey("authority"),
    algorithm: { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  },
  {
    key: derivedEcKey("P-384", "master list", crypto),
    algorithm: { scheme: "ECDSA", hash: "SHA-384" },
  },
];

/** RSA of 4,096 bits, P-384, and brainpoolP384r1 with its parameters written out. */
const publicKey = (i: number): PublicKey => {
  if (i % 2 === 0) {
    const modulus = derivedBytes(`modulus ${i}`, 512, crypto);
    modulus[0]! |= 0x80;
    modulus[511]! |= 1;
    return { type: "RSA", modulus, exponent: Uint8Array.of(1, 0, 1) };
  }
  const curve = i % 4 === 1 ? "P-384" : "brainpoolP384r1";
  return publicKeyOf(derivedEcKey(curve, `key ${i}`, crypto, i % 4 === 3), crypto);
};

/** A SET OF certificates as a master list holds it, each with the extensions of Doc 9303-12, 7.1.1. */
export const masterListCertificates = (count: number): Uint8Array => {
  const random = derivedRandom("master list", crypto);
  const certificates = Array.from({ length: count }, (_, i) => {
    const key = publicKey(i);
    const issuer = ISSUERS[i % 2]!;
    const name: NameContent = [
      ["countryName", "UT"],
      ["organizationName", "Utopia"],
      ["organizationalUnitName", "Passport Office"],
      ["commonName", `Country Signing Authority ${i}`],
    ];
    return issueCertificate(
      {
        serialNumber: BigInt(i + 1),
        issuer: name,
        subject: name,
        notBefore: new Date("2024-01-01T00:00:00Z"),
        notAfter: new Date("2039-01-01T00:00:00Z"),
        publicKey: key,
        extensions: [
          extension.authorityKeyIdentifier(keyIdentifier(publicKeyOf(issuer.key, crypto), crypto)),
          extension.subjectKeyIdentifier(keyIdentifier(key, crypto)),
          extension.keyUsage("keyCertSign", "cRLSign"),
          extension.authorityConstraints(),
          extension.alternativeName("subjectAltName", "UTO"),
          extension.alternativeName("issuerAltName", "UTO"),
          extension.crlDistributionPoint("https://pkd.example/utopia.crl"),
        ],
      },
      issuer,
      { crypto, random },
    );
  });
  return encodeTlv(SET, ...certificates);
};
