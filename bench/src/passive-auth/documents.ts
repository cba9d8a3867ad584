import { createHash, generateKeyPairSync, sign } from "node:crypto";
import {
  type ChipFiles,
  type CryptoProvider,
  decodePrivateKey,
  encodeDg1,
  encodePrivateKey,
  makeMrz,
  type PrivateKey,
  parseMrz,
  publicKeyOf,
  type SignatureAlgorithm,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  certificateExtension as extension,
  issueCertificate,
  issueSecurityObject,
  keyIdentifier,
} from "@org/emrtd-core/testing";

export interface Documents {
  readonly authority: Uint8Array;
  readonly files: readonly (ChipFiles &
    Required<Pick<ChipFiles, "SOD" | "DG1" | "DG2" | "DG14">>)[];
}

const ECDSA: SignatureAlgorithm = { scheme: "ECDSA", hash: "SHA-256" };
const BEGIN = new Date("2020-01-01T00:00:00Z");
const END = new Date("2040-01-01T00:00:00Z");
const AUTHORITY_NAME = [
  ["countryName", "UT"],
  ["organizationName", "Utopia"],
  ["commonName", "CSCA"],
] as const;

/**
 * Documents of P-256 throughout, each by a signer of its own: more signers than any cache of keys
 * remembers, so that taking in the signer's key is part of every verification. DG2 has 15 KB.
 */
export const makeDocuments = (count: number): Documents => {
  const authorityKey = newKey();
  const authorityPublic = publicKeyOf(authorityKey, nodeCrypto);
  const authorityId = keyIdentifier(authorityPublic, nodeCrypto);
  const issuer = { key: authorityKey, algorithm: ECDSA };
  const authority = issueCertificate(
    {
      serialNumber: 1n,
      issuer: AUTHORITY_NAME,
      subject: AUTHORITY_NAME,
      notBefore: BEGIN,
      notAfter: END,
      publicKey: authorityPublic,
      extensions: [
        extension.subjectKeyIdentifier(authorityId),
        extension.keyUsage("keyCertSign", "cRLSign"),
        extension.authorityConstraints(),
      ],
    },
    issuer,
    TOOLS,
  );
  const groups = dataGroups();
  const dataGroupHashes = new Map([
    [1, sha256(groups.DG1)],
    [2, sha256(groups.DG2)],
    [14, sha256(groups.DG14)],
  ] as const);
  const files = Array.from({ length: count }, (_, index) => {
    const key = newKey();
    const publicKey = publicKeyOf(key, nodeCrypto);
    const certificate = issueCertificate(
      {
        serialNumber: BigInt(index + 2),
        issuer: AUTHORITY_NAME,
        subject: [
          ["countryName", "UT"],
          ["organizationName", "Utopia"],
          ["commonName", `Document Signer ${index}`],
        ],
        notBefore: BEGIN,
        notAfter: END,
        publicKey,
        extensions: [
          extension.authorityKeyIdentifier(authorityId),
          extension.subjectKeyIdentifier(keyIdentifier(publicKey, nodeCrypto)),
          extension.keyUsage("digitalSignature"),
          extension.documentTypeList("P"),
        ],
      },
      issuer,
      TOOLS,
    );
    const SOD = issueSecurityObject(
      { version: 0, hashAlgorithm: "2.16.840.1.101.3.4.2.1", dataGroupHashes },
      [{ key, algorithm: ECDSA, certificate }],
      TOOLS,
    );
    return { SOD, ...groups };
  });
  return { authority, files };
};

const dataGroups = () => ({
  DG1: encodeDg1({
    mrz: parseMrz(
      makeMrz("TD3", {
        documentCode: "P",
        issuer: "UTO",
        surname: "ERIKSSON",
        givenNames: "ANNA MARIA",
        documentNumber: "L898902C3",
        nationality: "UTO",
        dateOfBirth: "740812",
        sex: "F",
        dateOfExpiry: "340415",
      }),
    ),
  }),
  DG2: new Uint8Array(15_000).fill(0x5a),
  DG14: new Uint8Array(300).fill(0x6e),
});

const sha256 = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash("sha256").update(bytes).digest());

const newKey = (): PrivateKey => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return decodePrivateKey(Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" })));
};

/** Signing is not measured: OpenSSL does it, so that thousands of documents are made in seconds. */
const fastSigning: CryptoProvider = {
  ...nodeCrypto,
  ecdsaSign: (curve, scalar, _hash, message) => {
    const key = { type: "EC", curve, scalar, explicitParameters: false } as const;
    const pkcs8 = Buffer.from(encodePrivateKey(key));
    const signature = sign("sha256", message, {
      key: pkcs8,
      format: "der",
      type: "pkcs8",
      dsaEncoding: "ieee-p1363",
    });
    return { r: signature.subarray(0, 32), s: signature.subarray(32) };
  },
};
const TOOLS = { crypto: fastSigning, random: (length: number) => new Uint8Array(length) };
