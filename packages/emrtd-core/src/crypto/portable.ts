import { isPoint } from "./input.js";
import { aesCbcDecrypt, aesCbcEncrypt, aesCmac } from "./portable/aes.js";
import {
  ecAdd,
  ecdsaSign,
  ecdsaVerify,
  ecMultiply,
  ecPublicKey,
  ecSharedSecret,
} from "./portable/ec.js";
import { hash } from "./portable/hash.js";
import { modPow } from "./portable/mod-pow.js";
import { rsaPrivate, rsaPublic } from "./portable/rsa.js";
import { retailMac, tripleDesCbcDecrypt, tripleDesCbcEncrypt } from "./portable/triple-des.js";
import type { CryptoProvider } from "./provider.js";

/**
 * The primitives in JavaScript alone: runs wherever the language does. The default.
 *
 * Not hardened against an observer of its timing beyond what JavaScript allows; a server that holds
 * long-lived private keys uses the platform's provider.
 */
export const portableCrypto: CryptoProvider = {
  name: "portable",
  hash,
  aesCbcEncrypt,
  aesCbcDecrypt,
  aesCmac,
  tripleDesCbcEncrypt,
  tripleDesCbcDecrypt,
  retailMac,
  ecPublicKey,
  ecMultiply,
  ecAdd,
  ecIsPoint: isPoint,
  ecSharedSecret,
  ecdsaVerify,
  ecdsaSign,
  rsaPublic,
  rsaPrivate,
  modPow,
};
