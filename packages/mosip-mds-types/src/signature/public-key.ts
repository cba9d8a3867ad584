import { encodeBase64 } from "../base64.js";
import { MdsError } from "../errors.js";
import { lazy } from "../lazy.js";
import { subtle, type WebKey } from "../web-crypto.js";

/** Shorter RSA keys are not believed. RFC 7518, 3.3. */
const MIN_RSA_BITS = 2048;

/** Keys that are kept; a client meets the same few devices and authorities again and again. */
const MAX_KEPT = 64;

/** Imported keys by everything that they were made of, so that none can stand for another. */
const kept = /* @__PURE__ */ lazy(() => new Map<string, Promise<WebKey>>());

/**
 * A public key of a certificate. Importing takes longer than verifying: the last ones are kept.
 *
 * @throws MdsError `CERTIFICATE_UNSUPPORTED`.
 */
export const importSpki = (
  spki: Uint8Array,
  algorithm: object,
  usage: "verify" | "encrypt" = "verify",
): Promise<WebKey> => {
  const name = JSON.stringify([algorithm, usage, encodeBase64(spki)]);
  const keys = kept();
  const found = keys.get(name) ?? importNow(spki, algorithm, usage);
  keys.delete(name);
  keys.set(name, found);
  // What cannot be imported is not worth its place.
  found.catch(() => keys.delete(name));
  const [oldest] = keys.keys();
  if (keys.size > MAX_KEPT && oldest !== undefined) {
    keys.delete(oldest);
  }
  return found;
};

const importNow = async (
  spki: Uint8Array,
  algorithm: object,
  usage: "verify" | "encrypt",
): Promise<WebKey> => {
  let key: WebKey;
  try {
    key = await subtle().importKey("spki", spki, algorithm, false, [usage]);
  } catch (cause) {
    throw new MdsError("CERTIFICATE_UNSUPPORTED", "expected a usable public key", { cause });
  }
  const { modulusLength = MIN_RSA_BITS } = key.algorithm;
  if (modulusLength < MIN_RSA_BITS) {
    throw new MdsError(
      "CERTIFICATE_UNSUPPORTED",
      `expected an RSA key of ${MIN_RSA_BITS} bits or more, found ${modulusLength}`,
    );
  }
  return key;
};
