import type {
  Sha256,
  SignatureAlgorithm,
  SigningKey,
  VerificationKey,
} from "../delivery/signature-keys.js";
import { SIGNATURE_ALGORITHMS } from "../delivery/signature-keys.js";
import { DocvalError } from "../errors.js";

/** How the platform names each algorithm, when a key is imported and when it works. */
const PLATFORM: {
  readonly [name in SignatureAlgorithm]: {
    readonly key: RsaHashedImportParams | EcKeyImportParams | Algorithm;
    readonly use: RsaPssParams | EcdsaParams | Algorithm;
  };
} = {
  ed25519: { key: { name: "Ed25519" }, use: { name: "Ed25519" } },
  "ecdsa-p256-sha256": {
    key: { name: "ECDSA", namedCurve: "P-256" },
    use: { name: "ECDSA", hash: "SHA-256" },
  },
  "ecdsa-p384-sha384": {
    key: { name: "ECDSA", namedCurve: "P-384" },
    use: { name: "ECDSA", hash: "SHA-384" },
  },
  "rsa-pss-sha512": {
    key: { name: "RSA-PSS", hash: "SHA-512" },
    use: { name: "RSA-PSS", saltLength: 64 },
  },
  "rsa-v1_5-sha256": {
    key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    use: { name: "RSASSA-PKCS1-v1_5" },
  },
};

const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/** SHA-256 of the platform. */
export const webSha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", plain(bytes)));

export interface ImportKeyOptions {
  /** Names the key to the other side. */
  readonly keyId: string;
  /** Default: the one that the key fits, RSA-PSS for an RSA key. */
  readonly algorithm?: SignatureAlgorithm;
}

/**
 * A private key to sign results with, PKCS #8 in PEM or DER.
 *
 * @throws DocvalError `KEY_INVALID` where it is no key, or fits no algorithm.
 */
export const importSigningKey = async (
  encoded: string | Uint8Array,
  options: ImportKeyOptions,
): Promise<SigningKey> => {
  const { key, algorithm } = await importKey("pkcs8", encoded, "sign", options.algorithm);
  const { use } = PLATFORM[algorithm];
  return {
    keyId: options.keyId,
    algorithm,
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(use, key, plain(data))),
  };
};

/**
 * A public key to verify results with, SubjectPublicKeyInfo in PEM or DER.
 *
 * @throws DocvalError `KEY_INVALID` where it is no key, or fits no algorithm.
 */
export const importVerificationKey = async (
  encoded: string | Uint8Array,
  options: ImportKeyOptions,
): Promise<VerificationKey> => {
  const { key, algorithm } = await importKey("spki", encoded, "verify", options.algorithm);
  const { use } = PLATFORM[algorithm];
  return {
    keyId: options.keyId,
    algorithm,
    verify: (data, signature) => crypto.subtle.verify(use, key, plain(signature), plain(data)),
  };
};

const importKey = async (
  format: "pkcs8" | "spki",
  encoded: string | Uint8Array,
  usage: "sign" | "verify",
  algorithm: SignatureAlgorithm | undefined,
): Promise<{ readonly key: CryptoKey; readonly algorithm: SignatureAlgorithm }> => {
  const der = typeof encoded === "string" ? derOfPem(encoded) : plain(encoded);
  for (const name of algorithm === undefined ? SIGNATURE_ALGORITHMS : [algorithm]) {
    try {
      const { key } = PLATFORM[name];
      return {
        key: await crypto.subtle.importKey(format, der, key, false, [usage]),
        algorithm: name,
      };
    } catch {
      // Not a key of this algorithm; another may fit.
    }
  }
  throw new DocvalError(
    "KEY_INVALID",
    `expected a ${format === "pkcs8" ? "private key in PKCS #8" : "public key in SubjectPublicKeyInfo"} of ${algorithm ?? SIGNATURE_ALGORITHMS.join(", ")}`,
  );
};

const derOfPem = (pem: string): Uint8Array<ArrayBuffer> => {
  const body = /-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z ]+-----/.exec(pem)?.[1];
  if (body === undefined) throw new DocvalError("KEY_INVALID", "expected a key in PEM or DER");
  return Uint8Array.from(atob(body.replace(/\s+/g, "")), (character) => character.charCodeAt(0));
};
