import { isPoint } from "../crypto/input.js";
import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { ecdsaVerify, ecMultiply, ecPublicKey, ecSharedSecret } from "./ec.js";
import { modPow, rsaPrivate, rsaPublic } from "./rsa.js";
import { aesCbcDecrypt, aesCbcEncrypt, aesCmac, hash, tripleDes } from "./symmetric.js";

/**
 * The primitives by node:crypto, several times as fast as the portable ones. Public keys are taken into
 * OpenSSL once and kept, a bounded number of them. What Node has no call for stays portable: the sum of
 * two points, and signatures that come out the same each time.
 */
export const nodeCrypto: CryptoProvider = {
  name: "node",
  hash,
  aesCbcEncrypt,
  aesCbcDecrypt,
  aesCmac,
  tripleDesCbcEncrypt: tripleDes.tripleDesCbcEncrypt,
  tripleDesCbcDecrypt: tripleDes.tripleDesCbcDecrypt,
  retailMac: tripleDes.retailMac,
  ecPublicKey,
  ecMultiply,
  ecAdd: portableCrypto.ecAdd,
  ecIsPoint: isPoint,
  ecSharedSecret,
  ecdsaVerify,
  ecdsaSign: portableCrypto.ecdsaSign,
  rsaPublic,
  rsaPrivate,
  modPow,
};
