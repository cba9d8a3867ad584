import { concat } from "../bytes.js";
import { readChildren, readDer } from "../signature/der.js";

/** Algorithm identifier of RSA keys, as it stands in a public key. */
const RSA_ALGORITHM = Uint8Array.of(
  ...[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
);

/**
 * The public key that belongs to a private RSA key: modulus and exponent stand in both. The platform's
 * cryptography offers no way from the one to the other.
 *
 * @param pkcs8 RFC 5208 with the RSAPrivateKey of RFC 8017 inside.
 * @throws MdsError `DER_MALFORMED`.
 */
export const publicKeyOf = (pkcs8: Uint8Array): Uint8Array => {
  const [, , octets] = readChildren(readDer(pkcs8));
  const [, modulus, exponent] = readChildren(readDer(octets?.content ?? new Uint8Array()));
  const key = long(0x30, modulus?.bytes ?? new Uint8Array(), exponent?.bytes ?? new Uint8Array());
  return long(0x30, RSA_ALGORITHM, long(0x03, Uint8Array.of(0), key));
};

/** An element of 256 bytes or more. */
const long = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  return concat(Uint8Array.of(tag, 0x82, body.length >> 8, body.length & 255), body);
};
