import { createECDH, createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { CurveName } from "../src/crypto/curves.js";

/** Names of the NIST curves in OpenSSL; brainpool has the same name everywhere. */
const OPENSSL_NAMES: { readonly [name in CurveName]?: string } = {
  "P-192": "prime192v1",
  "P-224": "secp224r1",
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

export const opensslName = (curve: CurveName): string => OPENSSL_NAMES[curve] ?? curve;

export const bytes = (buffer: Uint8Array): Uint8Array => Uint8Array.from(buffer);

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const ecKeyPair = (
  curve: CurveName,
  paramEncoding: "named" | "explicit" = "named",
): KeyPair => generateKeyPairSync("ec", { namedCurve: opensslName(curve), paramEncoding });

export const spki = (key: KeyObject): Uint8Array =>
  bytes(key.export({ format: "der", type: "spki" }));

export const pkcs8 = (key: KeyObject): Uint8Array =>
  bytes(key.export({ format: "der", type: "pkcs8" }));

/** One point of a curve in its compressed and uncompressed form, by OpenSSL. */
export const pointForms = (
  curve: CurveName,
): { compressed: Uint8Array; uncompressed: Uint8Array } => {
  const ecdh = createECDH(opensslName(curve));
  ecdh.generateKeys();
  return {
    compressed: bytes(ecdh.getPublicKey(undefined, "compressed")),
    uncompressed: bytes(ecdh.getPublicKey()),
  };
};

export const digest = (name: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash(name.replace("-", ""));
  for (const part of parts) hash.update(part);
  return bytes(hash.digest());
};

/** Kinds and options of keys that the types of Node do not list. */
export const otherKeyPair = generateKeyPairSync as unknown as (
  type: "dh" | "rsa-pss",
  options: Readonly<Record<string, string | number>>,
) => KeyPair;
